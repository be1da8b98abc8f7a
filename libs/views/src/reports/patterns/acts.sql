-- report: patterns, acts by the sex of both children, and by the age gap: there no sex is said
SELECT
    /*case toString(a.case_id) AS of_case, */
    d.1 AS by_sex,
    d.2 AS on_sex,
    d.3 AS age_gap,
    uniqExact(a.incident) AS incidents,
    uniqExact(a.incident, a.by_child, a.on_child) AS acts
FROM acts(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS a
ARRAY JOIN
[
    (toString(a.by_sex), toString(a.on_sex), NULL),
    ('', '', if(a.by_age < 0 OR a.on_age < 0, NULL, toInt32(a.by_age) - a.on_age))
] AS d
WHERE a.happened_at IN {schools:Array(UUID)}
    AND a.counted
    AND a.occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (a.precision != 'unknown' OR NOT {dated:Bool})
GROUP BY by_sex, on_sex, age_gap /*case , of_case */
ORDER BY by_sex, on_sex, age_gap NULLS LAST
