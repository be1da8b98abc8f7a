-- The schools whose cases can say something about the schools asked for. School days are counted from `first_day`: more than a year before
-- anything these schools have recorded happened. `folded` grows whenever something is folded that an answer about these schools rests on,
-- as far as the facts go.
WITH
    arraySort(arrayDistinct(arrayConcat({schools:Array(UUID)}, (SELECT groupUniqArray(filed) FROM elsewhere WHERE counts_at IN {schools:Array(UUID)})))) AS filing,
    (SELECT if(count() = 0, NULL, min(occurred_date)) FROM ledger WHERE school IN filing) AS first_occurred
SELECT
    filing AS scope,
    toString(greatest(toDate32('2000-01-01'), coalesce(first_occurred, toDate32('2000-01-01')) - 400)) AS first_day,
    (SELECT max(generation) FROM fresh WHERE kept IN {facts:Array(String)} AND school IN arrayPushBack(filing, toUUID('00000000-0000-0000-0000-000000000000')) AND toInt64(position) <= {kept:Int64}) AS folded
