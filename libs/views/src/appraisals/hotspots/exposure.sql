-- appraisal: hot spots, minutes of each slot on the school days of the period, by the timetable in force on each; where no period is
-- asked for, from the first incident to the day asked about
WITH
    (
        SELECT minOrNull(occurred_date)
        FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
        WHERE happened_at IN {schools:Array(UUID)} AND counted AND precision != 'unknown'
    ) AS first_incident
SELECT
    toString(d.school) AS school,
    p.4 AS slot,
    sum(toInt64(p.3) - p.2) AS minutes
FROM
(
    SELECT *
    FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {last_day:Date32})
    WHERE day BETWEEN {from:Date32} AND {to:Date32} AND day >= first_incident
) AS d
ASOF INNER JOIN timetables(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.school = d.school AND d.day >= t.in_force_from
ARRAY JOIN t.periods AS p
WHERE has(p.1, toDayOfWeek(d.day))
GROUP BY d.school, slot
ORDER BY d.school, slot
