-- appraisal: repeats, each child's incidents in a role as days since the first, and how long the child was followed. No child is named:
-- rows are told apart by nothing.
SELECT
    s.role AS role,
    arrayMap(day -> dateDiff('day', s.dates[1], day), s.dates) AS days,
    dateDiff('day', s.dates[1], least({at_date:Date32}, if(l.child = s.child, l.left_on, {at_date:Date32}))) AS followed
FROM
(
    SELECT child, role, arrayMap(i -> i.2, arraySort(groupUniqArray((earliest, occurred_date, incident)))) AS dates
    FROM involvements(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE (on_roll IN {schools:Array(UUID)} OR on_roll = toUUID('00000000-0000-0000-0000-000000000000') AND happened_at IN {schools:Array(UUID)})
        AND counted
        AND precision NOT IN ('month', 'unknown')
        AND occurred_date <= {at_date:Date32}
    GROUP BY child, role
) AS s
LEFT JOIN leavers(position = {position:UInt64}) AS l ON l.child = s.child
WHERE s.dates[1] BETWEEN {from:Date32} AND {to:Date32}
ORDER BY role, days, followed
