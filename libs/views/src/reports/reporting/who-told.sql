-- report: reporting, who told
SELECT reported_by, uniqExact(case_id) AS cases
FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY reported_by
ORDER BY reported_by
