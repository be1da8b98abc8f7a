-- How far the views go. `kept` is how far the facts go; where none are kept, `held` is how far the ledger went when they were given up. -1
-- for not at all. `last` grows whenever something has been folded; `forgotten` whenever what was kept does not count any more.
WITH (SELECT max(generation) FROM fresh WHERE kept = 'nothing') AS gone
SELECT
    gone AS forgotten,
    if(countIf(kept = 'all' AND generation > gone) = 0, -1, toInt64(maxIf(position, kept = 'all' AND generation > gone))) AS facts,
    if(countIf(kept = 'nothing') = 0, -1, toInt64(maxIf(position, kept = 'nothing'))) AS held,
    max(generation) AS last
FROM fresh
WHERE kept IN ('all', 'nothing')
