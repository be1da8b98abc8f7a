-- The position up to which everything is in the ledger and was recorded by {as_of}. -1 for none.
SELECT least(
    (SELECT if(count() = 0, -1, toInt64(min(upto))) FROM (SELECT max(position) AS upto FROM progress GROUP BY partition)),
    (SELECT if(count() = 0, 9223372036854775807, toInt64(min(position)) - 1) FROM timeline WHERE recorded > {as_of:Int64})
) AS position
