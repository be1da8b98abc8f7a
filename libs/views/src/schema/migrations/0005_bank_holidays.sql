-- Bank holidays in England, filled from the domain's own list at every start.
CREATE TABLE bank_holidays
(
    day Date32
)
ENGINE = ReplacingMergeTree
ORDER BY day
