-- The school days of each school.
SELECT toString(school) AS school, groupArray(toString(day)) AS days
FROM (SELECT school, day FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {last_day:Date32}) ORDER BY school, day)
GROUP BY school
