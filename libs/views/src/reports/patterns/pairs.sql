-- report: patterns, pairs
SELECT
    /*case toString(case_id) AS of_case, */
    by_sex,
    on_sex,
    uniqExact(incident) AS incidents,
    uniqExact(incident, by_child, on_child) AS acts
FROM acts(schools = {scope:Array(UUID)}, position = {position:UInt64})
WHERE happened_at IN {schools:Array(UUID)}
    AND counted
    AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (precision != 'unknown' OR NOT {dated:Bool})
GROUP BY by_sex, on_sex /*case , of_case */
ORDER BY by_sex, on_sex
