-- How far the views go, and which build of them is served. `facts` is how far the facts go; where none are kept, `held` is how far the ledger
-- went when they were given up. -1 for not at all. `last` grows whenever something has been folded; `forgotten` whenever what was kept does
-- not count any more.
WITH
    maxIf(generation, kept = 'nothing') AS gone,
    arrayFilter(mark -> mark.1 > gone, groupArrayIf((generation, position), kept = 'all')).2 AS counting
SELECT
    (SELECT max(build) FROM {first:Identifier}.served) AS served,
    gone AS forgotten,
    if(empty(counting), -1, toInt64(arrayMax(counting))) AS facts,
    if(countIf(kept = 'nothing') = 0, -1, toInt64(maxIf(position, kept = 'nothing'))) AS held,
    max(generation) AS last
FROM fresh
WHERE kept IN ('all', 'nothing')
