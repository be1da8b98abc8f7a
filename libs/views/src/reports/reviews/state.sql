-- report: reviews, state
SELECT
    /*case toString(case_id) AS of_case, */
    toString(school) AS school,
    uniqExact(case_id) AS decided,
    uniqExactIf(case_id, reviewed) AS cases_reviewed,
    uniqExactIf(case_id, NOT reviewed AND waited <= allowed) AS not_yet_due,
    uniqExactIf(case_id, NOT reviewed AND waited > allowed) AS overdue
FROM reviews_due(schools = {schools:Array(UUID)}, position = {position:UInt64}, first_day = {first_day:Date32}, at_date = {at_date:Date32}, review_days = {review_days:Int64})
WHERE told_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY school /*case , of_case */
ORDER BY school
