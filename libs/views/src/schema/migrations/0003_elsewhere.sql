-- The schools whose cases say something about another school: where an incident happened, or whose roll a child was on.
CREATE TABLE elsewhere{on_cluster}
(
    counts_at UUID,
    filed UUID,
    position UInt64
)
ENGINE = {engine:ReplacingMergeTree by counts_at}
ORDER BY (counts_at, filed, position)
