-- For each case the first of each step, whichever stream speaks of it.
CREATE OR REPLACE VIEW case_steps{on_cluster} AS
SELECT case_id, step, step_date, step_earliest, step_latest, step_precision
FROM steps(schools = {schools:Array(UUID)}, position = {position:UInt64})
ORDER BY step_earliest, step_place, stream
LIMIT 1 BY case_id, step
