-- Which generation of each part of these schools holds, as far as the facts go: 256 for each school and kept fold; 0 for none.
SELECT kept, toString(school) AS school, groupArrayInsertAt(0, 256)(generation, bucket) AS generations
FROM
(
    SELECT kept, school, bucket, max(generation) AS generation
    FROM fresh
    WHERE kept IN {facts:Array(String)} AND school IN {schools:Array(UUID)} AND position <= {position:UInt64}
    GROUP BY kept, school, bucket
)
GROUP BY kept, school
