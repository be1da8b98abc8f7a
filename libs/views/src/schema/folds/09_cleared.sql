-- Children alleged to have caused harm in an incident for whom the school found that unfounded or false. A finding that names the
-- incident goes before one for the whole case.
CREATE OR REPLACE VIEW cleared{on_cluster} AS
SELECT v.incident AS incident, v.child AS child
FROM
(
    SELECT stream, incident, child
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'child-involved' AND role = 'alleged-perpetrator'
) AS v
INNER JOIN findings(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS f ON f.case_id = v.stream AND f.child = v.child
WHERE f.incident IN (v.incident, toUUID('00000000-0000-0000-0000-000000000000'))
GROUP BY v.incident, v.child
HAVING argMax(f.finding, f.incident != toUUID('00000000-0000-0000-0000-000000000000')) IN ('unfounded', 'false-or-malicious')
