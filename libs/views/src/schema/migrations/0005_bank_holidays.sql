-- Bank holidays in England, filled from the domain's own list at every start.
CREATE TABLE bank_holidays{on_cluster}
(
    day Date32
)
ENGINE = {engine:ReplacingMergeTree by day}
ORDER BY day
