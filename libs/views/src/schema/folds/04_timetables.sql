-- Each timetable with the day it is in force from, until the next one's.
CREATE OR REPLACE VIEW timetables{on_cluster} AS
SELECT
    school,
    assumeNotNull(from_date) AS in_force_from,
    groupUniqArray((weekdays, minute_from, minute_to, slot)) AS periods
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind = 'timetable-set'
GROUP BY school, from_date
