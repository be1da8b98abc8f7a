-- What waits for somebody by {at_date}: one row for each thing, `since` when it has been waiting, with the day it is due where somebody
-- has said one. Days that a policy gives are worked out from `since` by whoever asks. At most 500 of each, the longest waiting first;
-- `total` is of all. A case is open until it is closed and not opened again.
--
-- Plans, circumstances and actions wait whether or not the case is open: support goes on, and a closed case is still learnt from.
WITH
    toUUID('00000000-0000-0000-0000-000000000000') AS nil,
    CAST(NULL AS Nullable(Date32)) AS no_day,
    open_cases AS
    (
        SELECT t.case_id AS case_id, t.filed_at AS filed_at, t.told_date AS told_date, s.taken_up AS taken_up, s.decided AS decided,
            s.assessed_at AS assessed_at, s.process_at AS process_at, s.process_date AS process_date
        FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
        INNER JOIN
        (
            SELECT
                stream,
                argMaxIf(kind, place, kind IN ('case-closed', 'case-reopened')) AS last_state,
                countIf(kind = 'concern-taken-up') AS taken_up,
                countIf(kind = 'decision-recorded') AS decided,
                maxIf(toInt64(place) + 1, kind IN ('risk-assessed', 'risk-reviewed')) AS assessed_at,
                maxIf(toInt64(place) + 1, kind = 'criminal-process-updated') AS process_at,
                argMaxIf(occurred_date, place, kind = 'criminal-process-updated') AS process_date
            FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
            WHERE kind IN ('disclosure-made', 'concern-noticed', 'case-closed', 'case-reopened', 'concern-taken-up', 'decision-recorded',
                'risk-assessed', 'risk-reviewed', 'criminal-process-updated')
            GROUP BY stream
        ) AS s ON s.stream = t.case_id
        WHERE s.last_state != 'case-closed'
    ),
    plans AS
    (
        SELECT
            school,
            stream,
            multiIf(kind IN ('risk-assessed', 'risk-reviewed'), 'risk-review', kind IN ('support-planned', 'support-reviewed'), 'support-review', 'safety-review') AS what,
            thing,
            anyIf(child, child != nil) AS of_child,
            argMax((due, code), place).1 AS next_due,
            argMax((due, code), place).2 AS last_code,
            argMax(occurred_date, place) AS last_date
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind IN ('risk-assessed', 'risk-reviewed', 'support-planned', 'support-reviewed', 'safety-plan-agreed', 'safety-plan-reviewed')
        GROUP BY school, stream, what, thing
        HAVING last_code != 'ended'
    )
SELECT
    what,
    toString(school) AS school,
    toString(case_id) AS case,
    if(child = nil, NULL, toString(child)) AS child,
    if(thing = nil, NULL, toString(thing)) AS thing,
    agency,
    if(review_id = nil, NULL, toString(review_id)) AS review,
    toString(since) AS since,
    toString(due_date) AS due,
    count() OVER (PARTITION BY what) AS total
FROM
(
    SELECT 'take-up' AS what, filed_at AS school, case_id, nil AS child, nil AS thing, '' AS agency, nil AS review_id, told_date AS since, no_day AS due_date
    FROM open_cases
    WHERE taken_up = 0 AND decided = 0

    UNION ALL
    SELECT 'referral', o.school, o.case_id, nil, nil, '', nil, o.told_date, no_day
    FROM referral_outcomes(schools = {schools:Array(UUID)}, position = {position:UInt64}, due_behaviours = {due_behaviours:Array(String)}) AS o
    WHERE o.outcome = 'open' AND o.case_id IN (SELECT case_id FROM open_cases)

    UNION ALL
    SELECT 'risk-assessment', filed_at, case_id, nil, nil, '', nil, told_date, no_day
    FROM open_cases
    WHERE assessed_at = 0 AND case_id IN
    (
        SELECT case_id
        FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
        WHERE counted AND arrayExists(b -> startsWith(b, 'sexual-violence.'), behaviours)
    )

    UNION ALL
    SELECT 'risk-again', filed_at, case_id, nil, nil, '', nil, process_date, no_day
    FROM open_cases
    WHERE process_at > assessed_at AND assessed_at > 0

    UNION ALL
    SELECT 'answer', r.school, r.case_id, nil, r.referral, CAST(r.agency, 'String'), nil, r.made_date, no_day
    FROM referrals(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS r
    WHERE NOT r.answered AND r.case_id IN (SELECT case_id FROM open_cases) AND r.referral NOT IN
    (
        -- The agency told the school: there is nothing to answer.
        SELECT thing
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind = 'referral-made' AND flag = 1
    )

    UNION ALL
    SELECT 'family', o.filed_at, o.case_id, f.child, nil, '', nil, o.told_date, no_day
    FROM open_cases AS o
    INNER JOIN
    (
        SELECT stream, child
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind IN ('child-involved', 'family-told', 'family-not-told')
        GROUP BY stream, child
        HAVING countIf(kind = 'child-involved' AND role IN ('alleged-victim', 'alleged-perpetrator')) > 0 AND countIf(kind != 'child-involved') = 0
    ) AS f ON f.stream = o.case_id

    UNION ALL
    SELECT what, school, stream, of_child, thing, '', nil, last_date, next_due
    FROM plans
    WHERE next_due <= {horizon:Date32} OR next_due IS NULL AND what = 'safety-review'

    UNION ALL
    SELECT 'aftercare', school, stream, child, nil, '', nil, argMax(occurred_date, place), argMax((due, place), place).1 AS next_due
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'aftercare-reviewed'
    GROUP BY school, stream, child
    HAVING next_due <= {horizon:Date32}

    UNION ALL
    SELECT 'circumstances', school, case_id, nil, nil, '', nil, decided_date, no_day
    FROM
    (
        SELECT t.filed_at AS school, t.case_id AS case_id, min(d.occurred_date) AS decided_date
        FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
        INNER JOIN
        (
            SELECT stream, occurred_date
            FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
            WHERE kind = 'decision-recorded'
        ) AS d ON d.stream = t.case_id
        GROUP BY school, case_id
    )
    WHERE case_id NOT IN
    (
        SELECT about_case
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind = 'circumstances-reviewed'
    )

    UNION ALL
    SELECT 'action', a.school, c.about_case, nil, a.thing, '', a.stream, a.agreed, a.due
    FROM
    (
        SELECT school, stream, thing, anyIf(occurred_date, kind = 'action-agreed') AS agreed, anyIf(due, kind = 'action-agreed') AS due
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind IN ('action-agreed', 'action-completed')
        GROUP BY school, stream, thing
        HAVING countIf(kind = 'action-agreed') > 0 AND countIf(kind = 'action-completed') = 0
    ) AS a
    LEFT JOIN
    (
        SELECT stream, any(about_case) AS about_case
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind = 'circumstances-reviewed'
        GROUP BY stream
    ) AS c ON c.stream = a.stream
    WHERE a.due <= {horizon:Date32}
)
WHERE empty({cases:Array(UUID)}) OR has({cases:Array(UUID)}, case_id)
ORDER BY what, coalesce(due, since), since, case, child, thing
LIMIT 500 BY what
