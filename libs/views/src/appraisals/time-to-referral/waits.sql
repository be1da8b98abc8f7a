-- appraisal: time to referral, how long from the first telling to what became of the case: `cause` 1 referred, 2 decided against (a
-- referral after it is counted apart), 0 neither by the instant asked about; null where the times are coarser than an hour
SELECT
    toString(school) AS school,
    toString(first_behaviour) AS behaviour,
    multiIf(outcome = 'referred', 1, outcome = 'open', 0, 2) AS cause,
    multiIf(
        NOT told_timed, NULL,
        outcome = 'referred', waited,
        outcome = 'open', greatest(0, {at_ms:Int64} - told_earliest),
        against_waited
    ) AS ms,
    count() AS cases
FROM referral_outcomes(schools = {schools:Array(UUID)}, position = {position:UInt64}, due_behaviours = {due_behaviours:Array(String)})
WHERE told_date BETWEEN {from:Date32} AND {to:Date32} AND outcome != 'before'
GROUP BY school, behaviour, cause, ms
ORDER BY school, behaviour, cause, ms
