-- report: hotspots, left out
SELECT
    /*case toString(case_id) AS of_case, */
    toString(happened_at) AS school,
    if(counted, 'date not known', 'found unfounded or false') AS reason,
    uniqExact(incident) AS incidents
FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
WHERE happened_at IN {schools:Array(UUID)}
    AND (NOT counted AND occurred_date BETWEEN {from:Date32} AND {to:Date32} OR counted AND precision = 'unknown' AND {dated:Bool})
GROUP BY happened_at, reason /*case , of_case */
ORDER BY happened_at, reason
