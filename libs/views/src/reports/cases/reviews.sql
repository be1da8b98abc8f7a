-- list: the reviews of these schools that have lessons or actions, the last first
SELECT toString(stream) AS review, toString(school) AS school
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind IN ('lesson-recorded', 'action-agreed') AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY school, stream
ORDER BY max(occurred_date) DESC, review
LIMIT {limit:UInt32}
