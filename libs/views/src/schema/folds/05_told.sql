-- The first disclosure or concern of each case: the earliest told, then the first recorded.
CREATE OR REPLACE VIEW told{on_cluster} AS
SELECT
    stream AS case_id,
    any(school) AS filed_at,
    argMin(occurred_date, (earliest, place)) AS told_date,
    argMin(earliest, (earliest, place)) AS told_earliest,
    argMin(latest, (earliest, place)) AS told_latest,
    argMin(precision, (earliest, place)) AS told_precision,
    argMin(code, (earliest, place)) AS reported_by,
    argMin(kind, (earliest, place)) AS told_kind
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind IN ('disclosure-made', 'concern-noticed')
GROUP BY stream
