-- appraisal: time to referral, how long each agency took to answer a referral, or has been taking by the instant asked about; null where
-- the times are coarser than an hour
SELECT
    r.agency AS agency,
    r.answered AS answered,
    multiIf(
        r.made_precision NOT IN ('minute', 'hour'), NULL,
        NOT r.answered, greatest(0, {at_ms:Int64} - r.made_earliest),
        r.first_precision NOT IN ('minute', 'hour') OR r.first_answered < r.made_earliest, NULL,
        r.first_answered - r.made_earliest
    ) AS ms,
    uniqExact(r.referral) AS referrals
FROM referrals(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS r
INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = r.case_id
WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY agency, answered, ms
ORDER BY agency, answered, ms
