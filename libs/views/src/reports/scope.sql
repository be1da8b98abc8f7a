-- The position a question is answered at, and the schools whose cases can say something about the schools asked for. `watermark` is
-- how far the facts go: every event up to it is in them.
WITH
    (SELECT if(count() = 0, -1, toInt64(max(generation))) FROM fresh WHERE kept = 'all') AS reached,
    (SELECT if(count() = 0, 9223372036854775807, toInt64(min(position)) - 1) FROM timeline WHERE recorded > {as_of:Nullable(Int64)}) AS known
SELECT
    reached AS watermark,
    if({as_of:Nullable(Int64)} IS NULL, reached, least(reached, known)) AS position,
    arraySort(arrayDistinct(arrayConcat(
        {schools:Array(UUID)},
        (SELECT groupUniqArray(filed) FROM elsewhere WHERE counts_at IN {schools:Array(UUID)})
    ))) AS scope
