-- report: trend, months
SELECT
    /*case toString(m.case_id) AS of_case, */
    substring(toString(m.month), 1, 7) AS month,
    m.cases AS cases,
    m.incidents AS incidents,
    toInt64(d.school_days) AS school_days,
    toInt64(length({schools:Array(UUID)})) AS schools
FROM
(
    SELECT toStartOfMonth(t.told_date) AS month, /*case t.case_id AS case_id, */ uniqExact(t.case_id) AS cases, uniqExactIf(i.incident, i.counted) AS incidents
    FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
    LEFT JOIN incidents(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS i ON i.case_id = t.case_id
    WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32} AND t.told_precision != 'unknown'
    GROUP BY month /*case , case_id */
) AS m
LEFT JOIN
(
    SELECT toStartOfMonth(day) AS month, count() AS school_days
    FROM school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {last_day:Date32})
    GROUP BY month
) AS d ON d.month = m.month
ORDER BY month
