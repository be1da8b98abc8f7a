-- report: reporting, who told
SELECT /*case toString(case_id) AS of_case, */ reported_by, uniqExact(case_id) AS cases
FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY reported_by /*case , of_case */
ORDER BY reported_by
