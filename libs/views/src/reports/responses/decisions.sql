-- report: responses, decisions
SELECT /*case toString(d.case_id) AS of_case, */ g.1 AS dimension, g.2 AS value, uniqExact(d.case_id) AS cases
FROM
(
    SELECT stream AS case_id, argMax(codes, place) AS routes, argMax(tier, place) AS tier
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'decision-recorded'
    GROUP BY stream
) AS d
INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = d.case_id
ARRAY JOIN arrayConcat([('tier', toString(d.tier))], arrayMap(r -> ('route', toString(r)), d.routes)) AS g
WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY dimension, value /*case , of_case */
ORDER BY dimension, value
