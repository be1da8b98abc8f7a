-- report: responses, reviews due
SELECT
    /*case toString(case_id) AS of_case, */
    toString(school) AS school,
    what,
    countIf(next_due IS NOT NULL) AS with_a_date,
    countIf(next_due < {at_date:Date32}) AS overdue
FROM
(
    SELECT
        school,
        multiIf(kind IN ('risk-assessed', 'risk-reviewed'), 'risk assessment', kind IN ('support-planned', 'support-reviewed'), 'support plan', 'safety plan') AS what,
        thing,
        any(stream) AS case_id,
        argMax((due, code), place).1 AS next_due,
        argMax((due, code), place).2 AS last_code
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('risk-assessed', 'risk-reviewed', 'support-planned', 'support-reviewed', 'safety-plan-agreed', 'safety-plan-reviewed')
    GROUP BY school, what, thing
    HAVING last_code != 'ended'
)
GROUP BY school, what /*case , of_case */
ORDER BY school, what
