-- The position a question is answered at, and the schools whose cases can say something about the schools asked for. `kept` is how
-- far the facts go; where none are kept, `held` is how far the ledger went when they were given up. -1 for not at all. School days are
-- counted from `first_day`: more than a year before anything these schools have recorded happened.
WITH
    (SELECT if(count() = 0, -1, toInt64(max(position))) FROM fresh
        WHERE kept = 'all' AND generation > (SELECT max(generation) FROM fresh WHERE kept = 'nothing')) AS facts,
    (SELECT if(count() = 0, -1, toInt64(max(position))) FROM fresh WHERE kept = 'nothing') AS given_up,
    (SELECT if(count() = 0, -1, toInt64(min(upto))) FROM (SELECT max(position) AS upto FROM progress GROUP BY partition)) AS ledger_upto,
    (SELECT if(count() = 0, 9223372036854775807, toInt64(min(position)) - 1) FROM timeline WHERE recorded > {as_of:Nullable(Int64)}) AS known,
    arrayDistinct(arrayConcat({schools:Array(UUID)}, (SELECT groupUniqArray(filed) FROM elsewhere WHERE counts_at IN {schools:Array(UUID)}))) AS filing,
    (SELECT if(count() = 0, NULL, min(occurred_date)) FROM ledger
        WHERE school IN (SELECT arrayJoin({schools:Array(UUID)}) UNION ALL SELECT filed FROM elsewhere WHERE counts_at IN {schools:Array(UUID)})) AS first_occurred
SELECT
    facts AS kept,
    given_up AS held,
    least(ledger_upto, known) AS known_then,
    arraySort(filing) AS scope,
    toString(greatest(toDate32('2000-01-01'), coalesce(first_occurred, toDate32('2000-01-01')) - 400)) AS first_day
