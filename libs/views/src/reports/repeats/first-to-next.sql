-- report: repeats, from the first incident to the next
SELECT
    /*case toString(arrayJoin(cases)) AS of_case, */
    role,
    count() AS children,
    countIf(next_date IS NOT NULL) AS repeated,
    countIf(next_date <= first_date + 30) AS within_30_days,
    countIf(next_date <= first_date + 90) AS within_90_days,
    countIf(next_date <= first_date + 365) AS within_365_days,
    countIf(next_date <= first_date + 30 OR followed_to >= first_date + 30) AS known_at_30_days,
    countIf(next_date <= first_date + 90 OR followed_to >= first_date + 90) AS known_at_90_days,
    countIf(next_date <= first_date + 365 OR followed_to >= first_date + 365) AS known_at_365_days
FROM
(
    SELECT
        s.role AS role,
        s.child AS child,
        /*case s.cases AS cases, */
        s.dates[1] AS first_date,
        if(length(s.dates) > 1, s.dates[2], NULL) AS next_date,
        least({at_date:Date32}, if(l.child = s.child, l.left_on, {at_date:Date32})) AS followed_to
    FROM
    (
        SELECT child, role, /*case groupUniqArray(case_id) AS cases, */ arrayMap(i -> i.2, arraySort(groupUniqArray((earliest, occurred_date, incident)))) AS dates
        FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64})
        WHERE (on_roll IN {schools:Array(UUID)} OR on_roll = toUUID('00000000-0000-0000-0000-000000000000') AND happened_at IN {schools:Array(UUID)})
            AND counted
            AND precision NOT IN ('month', 'unknown')
            AND occurred_date <= {at_date:Date32}
        GROUP BY child, role
    ) AS s
    LEFT JOIN leavers(position = {position:UInt64}) AS l ON l.child = s.child
    WHERE first_date BETWEEN {from:Date32} AND {to:Date32}
)
GROUP BY role /*case , of_case */
ORDER BY role
