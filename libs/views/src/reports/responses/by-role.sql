-- report: responses, by role
WITH had AS
(
    SELECT stream AS case_id, child, groupUniqArray(toString(kind)) AS kinds
    FROM living(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('risk-assessed', 'named-contact-assigned', 'support-planned', 'safety-plan-agreed', 'strategy-meeting-held',
        'aftercare-reviewed', 'family-told', 'family-not-told')
        AND child != toUUID('00000000-0000-0000-0000-000000000000')
    GROUP BY stream, child
)
SELECT
    /*case toString(v.case_id) AS of_case, */
    v.role AS role,
    uniqExact(v.case_id, v.recorded_child) AS children_in_cases,
    uniqExactIf((v.case_id, v.recorded_child), has(h.kinds, 'risk-assessed')) AS risk_assessed,
    uniqExactIf((v.case_id, v.recorded_child), has(h.kinds, 'named-contact-assigned')) AS named_contact,
    uniqExactIf((v.case_id, v.recorded_child), hasAny(h.kinds, ['support-planned', 'safety-plan-agreed'])) AS plan,
    uniqExactIf((v.case_id, v.recorded_child), has(h.kinds, 'strategy-meeting-held')) AS strategy_meeting,
    uniqExactIf((v.case_id, v.recorded_child), has(h.kinds, 'aftercare-reviewed')) AS aftercare,
    uniqExactIf((v.case_id, v.recorded_child), has(h.kinds, 'family-told')) AS family_told,
    uniqExactIf((v.case_id, v.recorded_child), has(h.kinds, 'family-not-told') AND NOT has(h.kinds, 'family-told')) AS family_not_told_with_reason
FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS v
LEFT JOIN had AS h ON h.case_id = v.case_id AND h.child = v.recorded_child
INNER JOIN told(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = v.case_id
WHERE (v.on_roll IN {schools:Array(UUID)} OR v.on_roll = toUUID('00000000-0000-0000-0000-000000000000') AND v.happened_at IN {schools:Array(UUID)})
    AND t.told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY role /*case , of_case */
ORDER BY role
