-- report: responses, referrals
SELECT
    /*case toString(r.case_id) AS of_case, */
    r.agency AS agency,
    uniqExact(r.referral) AS made,
    uniqExactIf(r.referral, r.first_answer = 'accepted') AS accepted,
    uniqExactIf(r.referral, r.first_answer = 'declined') AS declined,
    uniqExactIf(r.referral, r.challenged) AS challenged,
    uniqExactIf(r.referral, r.challenged AND r.last_answer = 'accepted') AS accepted_after_challenge,
    uniqExactIf(r.referral, NOT r.answered) AS unanswered
FROM referrals(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS r
INNER JOIN told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t ON t.case_id = r.case_id
WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY agency /*case , of_case */
ORDER BY agency
