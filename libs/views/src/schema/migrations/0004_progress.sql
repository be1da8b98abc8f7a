-- How far each partition of the feed has been taken in, written after the rows it speaks of; -1 where it is known that nothing of it has
-- come yet. The watermark is the least of the partitions' greatest.
CREATE TABLE progress{on_cluster}
(
    partition UInt32,
    position Int64,
    taken Int64
)
ENGINE = {engine:ReplacingMergeTree(position) by partition}
ORDER BY partition
