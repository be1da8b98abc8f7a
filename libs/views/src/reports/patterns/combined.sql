-- report: patterns, combined
SELECT
    /*case toString(case_id) AS of_case, */
    role,
    sex,
    sen,
    if(year_group = '', 'unknown', year_group) AS year,
    uniqExact(incident, child) AS involvements,
    uniqExact(child) AS children
FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64})
WHERE (on_roll IN {schools:Array(UUID)} OR on_roll = toUUID('00000000-0000-0000-0000-000000000000') AND happened_at IN {schools:Array(UUID)})
    AND counted
    AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (precision != 'unknown' OR NOT {dated:Bool})
GROUP BY role, sex, sen, year /*case , of_case */
ORDER BY role, sex, sen, year
