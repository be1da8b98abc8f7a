-- report: reviews, awaiting
SELECT
    toString(school) AS school,
    toString(case_id) AS case_id,
    toString(decided_date) AS decided,
    waited AS school_days_since,
    greatest(waited - allowed, 0) AS school_days_overdue
FROM reviews_due(schools = {schools:Array(UUID)}, position = {position:UInt64}, first_day = {first_day:Date32}, at_date = {at_date:Date32}, review_days = {review_days:Int64})
WHERE NOT reviewed AND told_date BETWEEN {from:Date32} AND {to:Date32}
ORDER BY school_days_overdue DESC, decided_date, case_id
LIMIT 1000
