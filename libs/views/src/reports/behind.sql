-- The cases behind a figure, the last told first: the question of its table, asked case by case.
SELECT
    b.of_case AS id,
    toString(t.filed_at) AS school,
    toString(t.told_date) AS told,
    t.told_kind AS kind,
    b.figure AS figure,
    count() OVER () AS total
FROM
(
    SELECT of_case, sum(toUInt64({{column}})) AS figure
    FROM ({{question}})
    WHERE {{rows}}
    GROUP BY of_case
) AS b
INNER JOIN told(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS t ON toString(t.case_id) = b.of_case
WHERE b.figure > 0
ORDER BY told DESC, id
LIMIT {limit:UInt32}
