-- report: time-to-referral, outcomes
WITH days AS (
    SELECT * FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {at_date:Date32})
)
SELECT
    /*case toString(case_id) AS of_case, */
    g.1 AS dimension,
    g.2 AS value,
    uniqExact(case_id) AS due,
    uniqExactIf(case_id, outcome = 'before') AS before,
    uniqExactIf(case_id, outcome = 'referred') AS referred,
    uniqExactIf(case_id, outcome = 'reversed') AS reversed,
    uniqExactIf(case_id, outcome = 'decided-against') AS decided_against,
    uniqExactIf(case_id, outcome = 'open') AS open,
    uniqExactIf(case_id, outcome IN ('referred', 'reversed') AND waited IS NOT NULL) AS timed,
    uniqExactIf(case_id, outcome IN ('referred', 'reversed') AND waited IS NULL) AS too_coarse,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(waited), outcome IN ('referred', 'reversed') AND waited IS NOT NULL)) AS median_ms,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.9)(assumeNotNull(waited), outcome IN ('referred', 'reversed') AND waited IS NOT NULL)) AS p90_ms,
    uniqExactIf(case_id, outcome IN ('referred', 'reversed') AND waited <= 86400000) AS within_24_hours,
    uniqExactIf(case_id, outcome IN ('referred', 'reversed') AND days_waited <= 1) AS within_one_school_day
FROM
(
    SELECT o.case_id AS case_id, o.school AS school, o.first_behaviour AS first_behaviour, o.outcome AS outcome, o.waited AS waited,
        toInt64(b.ordinal) - toInt64(a.ordinal) AS days_waited
    FROM referral_outcomes(schools = {schools:Array(UUID)}, position = {position:UInt64}, due_behaviours = {due_behaviours:Array(String)}) AS o
    ASOF LEFT JOIN days AS a ON a.school = o.school AND o.told_date >= a.day
    ASOF LEFT JOIN days AS b ON b.school = o.school AND o.referred_date >= b.day
    WHERE o.told_date BETWEEN {from:Date32} AND {to:Date32}
)
ARRAY JOIN [('all', 'all'), ('behaviour', toString(first_behaviour)), ('school', toString(school))] AS g
GROUP BY dimension, value /*case , of_case */
ORDER BY dimension, value
