-- report: repeats, the same two children again
WITH pairs AS
(
    SELECT
        by_child,
        on_child,
        arraySort(groupUniqArray((earliest, incident))) AS incidents,
        groupUniqArray(case_id) AS cases
    FROM acts(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE happened_at IN {schools:Array(UUID)}
        AND counted
        AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
        AND precision NOT IN ('month', 'unknown')
    GROUP BY by_child, on_child
)
SELECT
    /*case toString(arrayJoin(p.cases)) AS of_case, */
    count() AS pairs,
    countIf(length(p.incidents) > 1) AS again,
    countIf(arrayExists(i -> i.1 > p.dealt_with, p.incidents)) AS persisted,
    countIf(p.reversed_after > 0) AS retaliated
FROM
(
    SELECT
        a.by_child AS by_child,
        a.on_child AS on_child,
        any(a.incidents) AS incidents,
        /*case groupUniqArray(a.case_id) AS cases, */
        if(count(d.case_id) = 0, 9223372036854775807, minIf(d.step_earliest, d.case_id != toUUID('00000000-0000-0000-0000-000000000000'))) AS dealt_with,
        any(r.by_child = a.on_child AND r.on_child = a.by_child AND r.incidents[-1].1 > a.incidents[1].1) AS reversed_after
    FROM (SELECT by_child, on_child, incidents, arrayJoin(cases) AS case_id FROM pairs) AS a
    LEFT JOIN
    (
        SELECT toNullable(case_id) AS case_id, step_earliest
        FROM case_steps(schools = {scope:Array(UUID)}, position = {position:UInt64})
        WHERE step = 'dealt-with'
    ) AS d ON d.case_id = a.case_id
    LEFT JOIN pairs AS r ON r.by_child = a.on_child AND r.on_child = a.by_child
    GROUP BY by_child, on_child
) AS p
/*case GROUP BY of_case */
