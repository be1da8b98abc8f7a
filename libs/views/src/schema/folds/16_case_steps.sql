-- For each case the first of each step, whichever stream speaks of it.
CREATE OR REPLACE VIEW case_steps{on_cluster} AS
SELECT
    s.case_id AS case_id,
    s.step AS step,
    argMin(s.step_date, (s.step_earliest, s.step_place, s.stream)) AS step_date,
    min(s.step_earliest) AS step_earliest,
    argMin(s.step_latest, (s.step_earliest, s.step_place, s.stream)) AS step_latest,
    argMin(s.step_precision, (s.step_earliest, s.step_place, s.stream)) AS step_precision
FROM steps(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS s
GROUP BY s.case_id, s.step
