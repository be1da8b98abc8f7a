-- report: time-to-referral, agencies
SELECT
    /*case toString(case_id) AS of_case, */
    agency,
    uniqExact(case_id) AS cases,
    uniqExactIf(case_id, wait IS NOT NULL) AS timed,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.5)(assumeNotNull(wait), wait IS NOT NULL)) AS median_ms,
    if(timed = 0, NULL, quantileExactInclusiveIf(0.9)(assumeNotNull(wait), wait IS NOT NULL)) AS p90_ms,
    uniqExactIf(case_id, wait <= 86400000) AS within_24_hours
FROM
(
    SELECT
        r.case_id AS case_id,
        agency_named AS agency,
        argMin(r.made_earliest, r.made_earliest) AS made,
        argMin(r.made_precision, r.made_earliest) AS precision,
        if(precision IN ('minute', 'hour') AND any(t.told_precision) IN ('minute', 'hour') AND made >= any(t.told_earliest), made - any(t.told_earliest), NULL) AS wait
    FROM referrals(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS r
    ARRAY JOIN r.agencies AS agency_named
    INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = r.case_id
    WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
    GROUP BY case_id, agency
)
GROUP BY agency /*case , of_case */
ORDER BY agency
