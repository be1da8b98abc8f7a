-- Records found to be of one child: each linked record with the child it is of in the end. Records without a link are not here.
CREATE OR REPLACE VIEW canonical{on_cluster} AS
WITH RECURSIVE
    links AS (
        SELECT stream AS child, argMax(if(kind = 'child-linked', other_child, toUUID('00000000-0000-0000-0000-000000000000')), place) AS same_as
        FROM living(schools = ['00000000-0000-0000-0000-000000000000'], position = {position:UInt64})
        WHERE kind IN ('child-linked', 'child-unlinked')
        GROUP BY stream
        HAVING same_as != toUUID('00000000-0000-0000-0000-000000000000')
    ),
    steps AS (
        SELECT child, same_as AS found, 1 AS step FROM links
        UNION ALL
        SELECT steps.child AS child, links.same_as AS found, steps.step + 1 AS step
        FROM steps INNER JOIN links ON steps.found = links.child
        WHERE steps.step < 50
    )
SELECT child, argMax(found, step) AS same_as
FROM steps
GROUP BY child
