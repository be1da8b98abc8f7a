-- appraisal: trend, the school days of every month of the period, all schools together, from the first with a case; and the cases told in
-- it, none where none was
WITH
    (
        SELECT if(count() = 0, NULL, toStartOfMonth(min(told_date)))
        FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE told_precision != 'unknown' AND told_date BETWEEN {from:Date32} AND {to:Date32}
    ) AS first_month
SELECT
    substring(toString(d.month), 1, 7) AS month,
    d.school_days AS school_days,
    t.cases AS cases
FROM
(
    SELECT toStartOfMonth(day) AS month, count() AS school_days
    FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {last_day:Date32})
    WHERE day BETWEEN {from:Date32} AND {to:Date32}
    GROUP BY month
) AS d
LEFT JOIN
(
    SELECT toStartOfMonth(told_date) AS month, uniqExact(case_id) AS cases
    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE told_date BETWEEN {from:Date32} AND {to:Date32} AND told_precision != 'unknown'
    GROUP BY month
) AS t ON t.month = d.month
WHERE d.month >= first_month
ORDER BY month
