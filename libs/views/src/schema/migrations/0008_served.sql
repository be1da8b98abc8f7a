-- Which build of the views is read and written: the greatest number here; none is the first build, 0, these tables themselves. Views
-- built anew lie in databases of their own, and are served from the moment their number stands here. Only the first build's is asked.
CREATE TABLE served{on_cluster}
(
    build UInt32
)
ENGINE = {engine:ReplacingMergeTree by build}
ORDER BY build
