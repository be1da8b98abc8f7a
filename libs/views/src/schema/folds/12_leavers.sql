-- Children who have left every roll they were on, with the last day. Linked records are one child.
CREATE OR REPLACE VIEW leavers{on_cluster} AS
SELECT child, toDate32(max(left_on)) AS left_on
FROM
(
    SELECT
        if(c.same_as = toUUID('00000000-0000-0000-0000-000000000000'), e.stream, c.same_as) AS child,
        e.at_school AS school,
        argMax(e.kind, e.place) AS last_kind,
        argMax(coalesce(e.to_date, e.from_date), e.place) AS left_on
    FROM living(schools = ['00000000-0000-0000-0000-000000000000'], position = {position:UInt64}) AS e
    LEFT JOIN canonical(position = {position:UInt64}) AS c ON c.child = e.stream
    WHERE e.kind IN ('child-enrolled', 'child-left')
    GROUP BY child, school
)
GROUP BY child
HAVING countIf(last_kind = 'child-enrolled') = 0
