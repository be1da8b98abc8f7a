-- list: the reviews of a case, the first recorded first
SELECT toString(stream) AS review
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind = 'circumstances-reviewed' AND about_case = {case:UUID}
GROUP BY stream
ORDER BY min(position), review
