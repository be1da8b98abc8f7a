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
    -- From the telling to the step, but to an answer from the referral it answers.
    SELECT
        s.case_id AS case_id,
        s.step AS step,
        if(step = 'answered', s.since_precision, t.told_precision) AS base_precision,
        if(step = 'answered', s.since, t.told_earliest) AS base,
        if(s.step_precision IN ('minute', 'hour') AND base_precision IN ('minute', 'hour') AND s.step_earliest >= base, s.step_earliest - base, NULL) AS wait
    FROM
    (
        SELECT case_id, step, step_earliest, step_precision, toInt64(0) AS since, '' AS since_precision
        FROM case_steps(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE step IN ('taken-up', 'protected', 'risk-assessed', 'family-told', 'reviewed')
        UNION ALL
        SELECT case_id, 'answered', first_answered, first_precision, made_earliest, made_precision
        FROM referrals(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE answered
    ) AS s
    INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = s.case_id
    WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
) AS s
CROSS JOIN
(
    SELECT uniqExact(case_id) AS cases
    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE told_date BETWEEN {from:Date32} AND {to:Date32}
) AS c
GROUP BY step, cases /*case , of_case */
ORDER BY step
