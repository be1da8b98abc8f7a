-- The school's last finding for each child in each incident; a finding that names no incident is for all of its case.
CREATE OR REPLACE VIEW findings{on_cluster} AS
SELECT stream AS case_id, incident, child, argMax(code, place) AS finding
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
WHERE kind = 'school-finding-recorded'
GROUP BY stream, incident, child
