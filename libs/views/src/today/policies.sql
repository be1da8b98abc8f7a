-- Within how many school days things are due: what each school has set, from when.
SELECT toString(school) AS school, code AS what, toString(assumeNotNull(from_date)) AS from, toInt64(argMax(number, place)) AS days
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind = 'policy-set'
GROUP BY school, what, from
