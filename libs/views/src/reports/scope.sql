-- The position a question about now is answered at, and the schools whose cases can say something about the schools asked for. `kept` is
-- how far the facts go; where none are kept, `held` is how far the ledger went when they were given up. -1 for not at all. School days
-- are counted from `first_day`: more than a year before anything these schools have recorded happened. `folded` grows whenever something
-- is folded that an answer about these schools rests on; `forgotten` whenever what was kept does not count any more.
WITH
    (SELECT max(generation) FROM fresh WHERE kept = 'nothing') AS forgotten,
    (SELECT if(count() = 0, -1, toInt64(max(position))) FROM fresh WHERE kept = 'all' AND generation > forgotten) AS facts,
    (SELECT if(count() = 0, -1, toInt64(max(position))) FROM fresh WHERE kept = 'nothing') AS given_up,
    arraySort(arrayDistinct(arrayConcat({schools:Array(UUID)}, (SELECT groupUniqArray(filed) FROM elsewhere WHERE counts_at IN {schools:Array(UUID)})))) AS filing,
    (SELECT if(count() = 0, NULL, min(occurred_date)) FROM ledger WHERE school IN filing) AS first_occurred
SELECT
    facts AS kept,
    given_up AS held,
    forgotten,
    filing AS scope,
    toString(greatest(toDate32('2000-01-01'), coalesce(first_occurred, toDate32('2000-01-01')) - 400)) AS first_day,
    (SELECT max(generation) FROM fresh WHERE kept IN {facts:Array(String)} AND school IN arrayPushBack(filing, toUUID('00000000-0000-0000-0000-000000000000')) AND toInt64(position) <= facts) AS folded
