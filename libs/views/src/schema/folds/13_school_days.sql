-- Every school day of each school from {first} to {last}, numbered in order. A school that has said nothing of its terms has every
-- weekday that is no bank holiday.
CREATE OR REPLACE VIEW school_days{on_cluster} AS
SELECT
    s.school AS school,
    d.day AS day,
    toInt64(row_number() OVER (PARTITION BY s.school ORDER BY d.day)) AS ordinal
FROM (SELECT DISTINCT arrayJoin({schools:Array(UUID)}) AS school) AS s
CROSS JOIN
(
    SELECT
        {first:Date32} + number AS day,
        if(toMonth(day) >= 9, toYear(day), toYear(day) - 1) AS starts,
        toString(starts) || leftPad(toString((starts + 1) % 100), 2, '0') AS school_year
    FROM numbers(toUInt64(greatest(0, dateDiff('day', {first:Date32}, {last:Date32}) + 1)))
    WHERE toDayOfWeek(day) <= 5
        AND day NOT IN (SELECT day FROM bank_holidays)
) AS d
LEFT JOIN calendars(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS c ON c.school = s.school
WHERE s.school != toUUID('00000000-0000-0000-0000-000000000000')
    AND (NOT has(c.years, d.school_year) OR arrayExists(t -> d.day BETWEEN t.1 AND t.2, c.terms) AND NOT has(c.closed, d.day))
