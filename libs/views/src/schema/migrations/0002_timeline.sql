-- When each event was recorded, for turning an instant into a position.
CREATE TABLE timeline{on_cluster}
(
    position UInt64,
    recorded Int64,
    INDEX by_recorded recorded TYPE minmax GRANULARITY 1
)
ENGINE = {engine:ReplacingMergeTree by position}
ORDER BY position
