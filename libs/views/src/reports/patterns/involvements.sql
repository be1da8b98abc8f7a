-- report: patterns, involvements
SELECT
    /*case toString(v.case_id) AS of_case, */
    v.role AS role,
    v.school_year AS school_year,
    d.1 AS dimension,
    d.2 AS value,
    uniqExact(v.incident, v.child) AS involvements,
    uniqExact(v.child) AS children,
    uniqExactIf((v.incident, v.child), v.on_roll IN {schools:Array(UUID)}) AS involvements_on_roll,
    uniqExactIf(v.child, v.on_roll IN {schools:Array(UUID)}) AS children_on_roll
FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS v
ARRAY JOIN arrayConcat(
    [
        ('all', 'all'),
        ('sex', toString(v.sex)),
        ('sen-provision', toString(v.sen)),
        ('year-group', if(v.year_group = '', 'unknown', toString(v.year_group)))
    ],
    arrayMap(w -> ('vulnerability', toString(w)), v.vulnerabilities)
) AS d
WHERE (v.on_roll IN {schools:Array(UUID)} OR v.on_roll = toUUID('00000000-0000-0000-0000-000000000000') AND v.happened_at IN {schools:Array(UUID)})
    AND v.counted
    AND v.occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (v.precision != 'unknown' OR NOT {dated:Bool})
GROUP BY role, school_year, dimension, value /*case , of_case */
ORDER BY role, school_year, dimension, value
