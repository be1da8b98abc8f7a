-- appraisal: patterns, distinct children on the roll of each school by school year, role and one characteristic
SELECT
    toString(v.on_roll) AS school,
    v.school_year AS school_year,
    v.role AS role,
    d.1 AS dimension,
    d.2 AS value,
    uniqExact(v.child) AS children,
    uniqExact(v.incident, v.child) AS involvements
FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS v
ARRAY JOIN [
    ('sex', toString(v.sex)),
    ('sen-provision', multiIf(v.sen = 'N', 'no-sen', v.sen IN ('K', 'E'), 'sen', 'unknown')),
    ('year-group', if(v.year_group = '', 'unknown', toString(v.year_group)))
] AS d
WHERE v.on_roll IN {schools:Array(UUID)}
    AND v.role IN ('alleged-victim', 'alleged-perpetrator')
    AND v.counted
    AND v.occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (v.precision != 'unknown' OR NOT {dated:Bool})
GROUP BY v.on_roll, v.school_year, v.role, dimension, value
ORDER BY v.on_roll, v.school_year, v.role, dimension, value
