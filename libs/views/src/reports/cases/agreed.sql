-- list: the actions of these schools, the last agreed first, with the theme of the lesson each comes from
SELECT
    toString(a.action) AS action,
    toString(a.review) AS review,
    toString(a.school) AS school,
    toString(a.agreed) AS agreed,
    multiIf(a.done_on IS NOT NULL, 'done', a.due < {at_date:Date32}, 'overdue', 'open') AS state,
    nullIf(toString(l.theme), '') AS theme,
    arrayMap(p -> toString(p), a.at_places) AS places,
    arrayMap(k -> toString(k), a.at_kinds) AS kinds,
    arrayMap(s -> toString(s), a.at_slots) AS slots
FROM
(
    SELECT
        school,
        thing AS action,
        stream AS review,
        anyIf(occurred_date, kind = 'action-agreed') AS agreed,
        anyIf(due, kind = 'action-agreed') AS due,
        anyIf(lesson, kind = 'action-agreed') AS from_lesson,
        anyIf(places, kind = 'action-agreed') AS at_places,
        anyIf(codes, kind = 'action-agreed') AS at_kinds,
        anyIf(slots, kind = 'action-agreed') AS at_slots,
        if(countIf(kind = 'action-completed') = 0, NULL, minIf(occurred_date, kind = 'action-completed')) AS done_on
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('action-agreed', 'action-completed')
    GROUP BY school, stream, thing
    HAVING countIf(kind = 'action-agreed') > 0
) AS a
LEFT JOIN
(
    SELECT thing AS lesson, any(code) AS theme
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'lesson-recorded'
    GROUP BY thing
) AS l ON l.lesson = a.from_lesson
ORDER BY a.agreed DESC, action, review
LIMIT 500
