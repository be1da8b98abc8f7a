-- report: reporting, delay from the incident to its telling
SELECT
    /*case toString(case_id) AS of_case, */
    toString(school) AS school,
    uniqExact(case_id) AS cases,
    uniqExactIf(case_id, delay IS NOT NULL) AS dated,
    uniqExactIf(case_id, delay = 0) AS same_day,
    uniqExactIf(case_id, delay BETWEEN 1 AND 7) AS within_7_days,
    uniqExactIf(case_id, delay BETWEEN 8 AND 30) AS within_30_days,
    uniqExactIf(case_id, delay > 30) AS later,
    if(dated = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(delay), delay IS NOT NULL)) AS median_days
FROM
(
    SELECT
        t.filed_at AS school,
        t.case_id AS case_id,
        if(t.told_precision IN ('month', 'unknown') OR countIf(i.precision NOT IN ('month', 'unknown')) = 0, NULL,
            dateDiff('day', minIf(i.occurred_date, i.precision NOT IN ('month', 'unknown')), t.told_date)) AS delay
    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
    INNER JOIN incidents(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS i ON i.case_id = t.case_id
    WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32} AND i.counted
    GROUP BY t.filed_at, t.case_id, t.told_date, t.told_precision
)
GROUP BY school /*case , of_case */
ORDER BY school
