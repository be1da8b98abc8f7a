-- report: lessons, themes
SELECT
    toString(school) AS school,
    code AS theme,
    uniqExact(thing) AS lessons
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind = 'lesson-recorded' AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY school, theme
ORDER BY school, theme
