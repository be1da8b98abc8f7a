-- What has been folded and kept: of each school, each time it was folded again (the generation), at which position. A row of kind
-- `all` says that everything up to a position is kept, one of kind `nothing` that no generation up to its own counts any more; where
-- nothing counts, questions are answered from the ledger.
CREATE TABLE fresh{on_cluster}
(
    kept LowCardinality(String),
    school UUID,
    generation UInt64,
    position UInt64
)
ENGINE = {engine:MergeTree by school}
ORDER BY (kept, school, generation)
