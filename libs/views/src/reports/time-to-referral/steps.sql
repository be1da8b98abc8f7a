-- report: time-to-referral, steps
SELECT
    /*case toString(s.case_id) AS of_case, */
    step,
    cases,
    uniqExact(case_id) AS done,
    uniqExactIf(case_id, wait IS NOT NULL) AS timed,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(wait), wait IS NOT NULL)) AS median_ms,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.9)(assumeNotNull(wait), wait IS NOT NULL)) AS p90_ms
FROM
(
    SELECT
        s.case_id AS case_id,
        s.step AS step,
        if(s.step_precision IN ('minute', 'hour') AND t.told_precision IN ('minute', 'hour') AND s.step_earliest >= t.told_earliest,
            s.step_earliest - t.told_earliest, NULL) AS wait
    FROM case_steps(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS s
    INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = s.case_id
    WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
        AND s.step IN ('taken-up', 'protected', 'risk-assessed', 'family-told', 'reviewed')
    UNION ALL
    SELECT r.case_id, 'answered', if(r.first_precision IN ('minute', 'hour') AND r.made_precision IN ('minute', 'hour') AND r.first_answered >= r.made_earliest, r.first_answered - r.made_earliest, NULL)
    FROM referrals(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS r
    INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = r.case_id
    WHERE r.answered AND t.told_date BETWEEN {from:Date32} AND {to:Date32}
) AS s
CROSS JOIN
(
    SELECT uniqExact(case_id) AS cases
    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE told_date BETWEEN {from:Date32} AND {to:Date32}
) AS c
GROUP BY step, cases /*case , of_case */
ORDER BY step
