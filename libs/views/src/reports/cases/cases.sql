-- list: cases, the last told first
SELECT
    toString(t.case_id) AS id,
    toString(t.filed_at) AS school,
    toString(t.told_date) AS told,
    t.told_kind AS kind
FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
WHERE (t.told_date, t.case_id) < ({before_date:Date32}, {before_case:UUID})
ORDER BY t.told_date DESC, t.case_id DESC
LIMIT {limit:UInt32}
