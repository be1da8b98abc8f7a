-- The schools registered, in order.
SELECT arraySort(groupUniqArray(toString(school))) AS registered FROM ledger WHERE kind = 'school-registered'
