-- report: patterns, age gap
SELECT
    /*case toString(case_id) AS of_case, */
    if(by_age < 0 OR on_age < 0, NULL, toInt32(by_age) - on_age) AS age_gap,
    uniqExact(incident) AS incidents,
    uniqExact(incident, by_child, on_child) AS acts
FROM acts(schools = {scope:Array(UUID)}, position = {position:UInt64})
WHERE happened_at IN {schools:Array(UUID)}
    AND counted
    AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (precision != 'unknown' OR NOT {dated:Bool})
GROUP BY age_gap /*case , of_case */
ORDER BY age_gap NULLS LAST
