-- Cases with a first decision: whether the circumstances have been reviewed, and how many school days after the decision's have
-- passed by {at_date} of those allowed by the policy in force on the day of the decision ({review_days} where the school has set none).
CREATE OR REPLACE VIEW reviews_due{on_cluster} AS
SELECT
    t.case_id AS case_id,
    t.filed_at AS school,
    t.told_date AS told_date,
    d.decided_date AS decided_date,
    w.case_id = t.case_id AS reviewed,
    toInt64(b.ordinal) - toInt64(a.ordinal) AS waited,
    if(p.allowed IS NULL, {review_days:Int64}, p.allowed) AS allowed
FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
INNER JOIN
(
    SELECT stream AS case_id, argMin(occurred_date, (earliest, place)) AS decided_date, toDate32({at_date:Date32}) AS at_date
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'decision-recorded'
    GROUP BY stream
) AS d ON d.case_id = t.case_id
LEFT JOIN
(
    SELECT DISTINCT about_case AS case_id
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'circumstances-reviewed'
) AS w ON w.case_id = t.case_id
ASOF LEFT JOIN
(
    SELECT school, assumeNotNull(from_date) AS from_day, toNullable(toInt64(argMax(number, place))) AS allowed
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'policy-set' AND code = 'reviewOfCircumstances'
    GROUP BY school, from_day
) AS p ON p.school = t.filed_at AND d.decided_date >= p.from_day
ASOF LEFT JOIN
(
    SELECT * FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {at_date:Date32})
) AS a ON a.school = t.filed_at AND d.decided_date >= a.day
ASOF LEFT JOIN
(
    SELECT * FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {at_date:Date32})
) AS b ON b.school = t.filed_at AND d.at_date >= b.day
