-- appraisal: actions, the school days in the 365 days before each was agreed and those since it was completed
SELECT
    toString(a.action) AS action,
    countIf(d.day >= a.agreed - 365 AND d.day < a.agreed) AS days_before,
    countIf(a.done_on IS NOT NULL AND d.day > a.done_on) AS days_after
FROM
(
    SELECT
        school,
        thing AS action,
        anyIf(occurred_date, kind = 'action-agreed') AS agreed,
        if(countIf(kind = 'action-completed') = 0, NULL, minIf(occurred_date, kind = 'action-completed')) AS done_on
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('action-agreed', 'action-completed')
    GROUP BY school, stream, thing
    HAVING countIf(kind = 'action-agreed') > 0
) AS a
INNER JOIN school_days(schools = {schools:Array(UUID)}, position = {position:UInt64}, first = {first_day:Date32}, last = {at_date:Date32}) AS d ON d.school = a.school
WHERE a.agreed BETWEEN {from:Date32} AND {to:Date32}
GROUP BY action
ORDER BY action
