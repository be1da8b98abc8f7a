-- report: lessons, actions
SELECT
    /*case toString(i.case_id) AS of_case, */
    toString(a.school) AS school,
    toString(a.action) AS action,
    toString(a.review) AS review,
    toString(a.agreed) AS agreed,
    toString(a.due) AS due,
    multiIf(a.done_on IS NOT NULL, 'done', a.due < {at_date:Date32}, 'overdue', 'open') AS state,
    toString(a.done_on) AS done,
    a.followed AS followed,
    a.expected AS expected,
    uniqExactIf(i.incident, i.incident != toUUID('00000000-0000-0000-0000-000000000000') AND i.occurred_date >= a.agreed - 365 AND i.occurred_date < a.agreed
        AND NOT has(a.prompting, i.incident)) AS incidents_before,
    uniqExactIf(i.incident, a.done_on IS NOT NULL AND i.incident != toUUID('00000000-0000-0000-0000-000000000000') AND i.occurred_date > a.done_on
        AND i.occurred_date <= {at_date:Date32}) AS incidents_after,
    if(a.done_on IS NULL, NULL, greatest(0, dateDiff('day', a.done_on, {at_date:Date32}))) AS days_after
FROM
(
    SELECT
        school,
        thing AS action,
        stream AS review,
        anyIf(occurred_date, kind = 'action-agreed') AS agreed,
        anyIf(due, kind = 'action-agreed') AS due,
        anyIf(code, kind = 'action-agreed') AS expected,
        anyIf(incidents, kind = 'action-agreed') AS prompting,
        anyIf(places, kind = 'action-agreed') AS at_places,
        anyIf(codes, kind = 'action-agreed') AS at_kinds,
        anyIf(slots, kind = 'action-agreed') AS at_slots,
        if(countIf(kind = 'action-completed') = 0, NULL, minIf(occurred_date, kind = 'action-completed')) AS done_on,
        countIf(kind = 'action-followed') AS followed
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('action-agreed', 'action-completed', 'action-followed')
    GROUP BY school, stream, thing
    HAVING countIf(kind = 'action-agreed') > 0
) AS a
LEFT JOIN
(
    SELECT *
    FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE counted AND precision NOT IN ('month', 'unknown')
) AS i ON i.happened_at = a.school
    AND (empty(a.at_places) OR has(a.at_places, i.place_id))
    AND (empty(a.at_kinds) OR has(a.at_kinds, i.location_kind))
    AND (empty(a.at_slots) OR has(a.at_slots, i.slot))
WHERE a.agreed BETWEEN {from:Date32} AND {to:Date32}
GROUP BY ALL
ORDER BY school, agreed, action, review
