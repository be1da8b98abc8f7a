-- report: repeats, concentration
SELECT /*case toString(arrayJoin(cases)) AS of_case, */ involvements, count() AS children
FROM
(
    SELECT child, /*case groupUniqArray(case_id) AS cases, */ uniqExact(incident) AS involvements
    FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE role = 'alleged-perpetrator'
        AND (on_roll IN {schools:Array(UUID)} OR on_roll = toUUID('00000000-0000-0000-0000-000000000000') AND happened_at IN {schools:Array(UUID)})
        AND counted
        AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
        AND (precision != 'unknown' OR NOT {dated:Bool})
    GROUP BY child
)
GROUP BY involvements /*case , of_case */
ORDER BY involvements
