-- How far each partition of the feed has been taken in, written after the rows it speaks of. The watermark is the least of
-- the partitions' greatest.
CREATE TABLE progress
(
    partition UInt32,
    position UInt64,
    taken Int64
)
ENGINE = ReplacingMergeTree(position)
ORDER BY partition
