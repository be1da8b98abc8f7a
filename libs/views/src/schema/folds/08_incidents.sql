-- One row for each incident, where it happened, in which slot of that school's timetable. `counted` is 0 where every finding is
-- unfounded or false. An hour that spans two periods has no known slot.
CREATE OR REPLACE VIEW incidents{on_cluster} AS
SELECT
    i.stream AS case_id,
    i.school AS filed_at,
    i.incident AS incident,
    i.place AS place,
    i.happened_at AS happened_at,
    i.place_id AS place_id,
    i.setting AS setting,
    i.location_kind AS location_kind,
    i.occurred_date AS occurred_date,
    i.precision AS precision,
    i.earliest AS earliest,
    i.latest AS latest,
    i.mode AS mode,
    i.behaviour AS behaviour,
    i.behaviours AS behaviours,
    i.grounds AS grounds,
    i.harm AS harm,
    i.open_to_view AS open_to_view,
    i.observed AS observed,
    i.supervised AS supervised,
    i.should_be_supervised AS should_be_supervised,
    if(i.precision IN ('minute', 'hour', 'slot', 'day'), toDayOfWeek(i.occurred_date), 0) AS weekday,
    toString(if(toMonth(i.occurred_date) >= 9, toYear(i.occurred_date), toYear(i.occurred_date) - 1))
        || leftPad(toString((if(toMonth(i.occurred_date) >= 9, toYear(i.occurred_date), toYear(i.occurred_date) - 1) + 1) % 100), 2, '0') AS school_year,
    weekday BETWEEN 1 AND 5
        AND i.occurred_date NOT IN (SELECT day FROM bank_holidays)
        AND if(
            has(c.years, school_year),
            arrayExists(t -> i.occurred_date BETWEEN t.1 AND t.2, c.terms) AND NOT has(c.closed, i.occurred_date),
            1
        ) AS on_school_day,
    multiIf(
        i.slot != '', i.slot,
        i.setting = 'journey', 'journey',
        i.minute < 0 OR empty(t.periods), 'unknown',
        NOT on_school_day, 'out-of-hours',
        NOT arrayExists(p -> has(p.1, weekday) AND p.2 < i.last_minute AND i.minute < p.3, t.periods), 'out-of-hours',
        arrayFirst(p -> has(p.1, weekday) AND p.2 <= i.minute AND i.last_minute <= p.3, t.periods).4 AS found = '', 'unknown',
        found
    ) AS slot,
    u.incident != i.incident AS counted
FROM
(
    SELECT
        *,
        if(at_school = toUUID('00000000-0000-0000-0000-000000000000'), school, at_school) AS happened_at,
        -- The minute after the last that the fact can stand for.
        minute + if(precision = 'hour', 60, 1) AS last_minute
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'incident-recorded'
) AS i
ASOF LEFT JOIN timetables(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
    ON t.school = i.happened_at AND i.occurred_date >= t.in_force_from
LEFT JOIN calendars(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS c ON c.school = i.happened_at
LEFT JOIN unfounded(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS u ON u.incident = i.incident
