-- report: lessons, actions
-- An action applies at its places, kinds of place and slots; where it names none of them, at any. Each is joined to the incidents by
-- exactly what it names, so that the work grows with the incidents found and not with actions times incidents.
WITH
    toUUID('00000000-0000-0000-0000-000000000000') AS any_place,
    agreed_actions AS
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
            (empty(at_places), empty(at_kinds), empty(at_slots)) AS anywhere,
            if(countIf(kind = 'action-completed') = 0, NULL, minIf(occurred_date, kind = 'action-completed')) AS done_on,
            countIf(kind = 'action-followed') AS followed
        FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
        WHERE kind IN ('action-agreed', 'action-completed', 'action-followed')
        GROUP BY school, stream, thing
        HAVING countIf(kind = 'action-agreed') > 0 AND agreed BETWEEN {from:Date32} AND {to:Date32}
    )
SELECT
    /*case toString(h.case_id) AS of_case, */
    toString(a.school) AS school,
    toString(a.action) AS action,
    toString(a.review) AS review,
    toString(a.agreed) AS agreed,
    toString(a.due) AS due,
    multiIf(a.done_on IS NOT NULL, 'done', a.due < {at_date:Date32}, 'overdue', 'open') AS state,
    toString(a.done_on) AS done,
    a.followed AS followed,
    a.expected AS expected,
    h.before AS incidents_before,
    h.since AS incidents_after,
    if(a.done_on IS NULL, NULL, greatest(0, dateDiff('day', a.done_on, {at_date:Date32}))) AS days_after
FROM agreed_actions AS a
LEFT JOIN
(
    SELECT
        p.school AS school,
        p.review AS review,
        p.action AS action,
        /*case i.case_id AS case_id, */
        uniqExactIf(i.incident, i.occurred_date >= p.agreed - 365 AND i.occurred_date < p.agreed AND NOT has(p.prompting, i.incident)) AS before,
        uniqExactIf(i.incident, p.done_on IS NOT NULL AND i.occurred_date > p.done_on AND i.occurred_date <= {at_date:Date32}) AS since
    FROM
    (
        SELECT
            case_id,
            incident,
            happened_at,
            occurred_date,
            arrayJoin((SELECT groupUniqArray(anywhere) FROM agreed_actions)) AS anywhere,
            if(anywhere.1, any_place, place_id) AS place,
            if(anywhere.2, '', toString(location_kind)) AS kind,
            if(anywhere.3, '', toString(slot)) AS slot
        FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
        WHERE counted AND precision NOT IN ('month', 'unknown')
    ) AS i
    INNER JOIN
    (
        SELECT
            school,
            review,
            action,
            agreed,
            done_on,
            prompting,
            anywhere,
            arrayJoin(if(anywhere.1, [any_place], at_places)) AS place,
            arrayJoin(if(anywhere.2, [''], arrayMap(k -> toString(k), at_kinds))) AS kind,
            arrayJoin(if(anywhere.3, [''], arrayMap(s -> toString(s), at_slots))) AS slot
        FROM agreed_actions
    ) AS p ON p.school = i.happened_at AND p.anywhere = i.anywhere AND p.place = i.place AND p.kind = i.kind AND p.slot = i.slot
    GROUP BY school, review, action /*case , case_id */
) AS h ON h.school = a.school AND h.review = a.review AND h.action = a.action
ORDER BY school, agreed, action, review
