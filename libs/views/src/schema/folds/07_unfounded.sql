-- Incidents that no figure counts by default: at least one finding speaks of it, and all that do are unfounded or false.
CREATE OR REPLACE VIEW unfounded{on_cluster} AS
SELECT i.incident AS incident
FROM
(
    SELECT stream AS case_id, incident
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind = 'incident-recorded'
        AND stream IN (SELECT case_id FROM findings(schools = {schools:Array(UUID)}, position = {position:UInt64}))
) AS i
INNER JOIN findings(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS f ON f.case_id = i.case_id
WHERE f.incident IN (i.incident, toUUID('00000000-0000-0000-0000-000000000000'))
GROUP BY i.incident
HAVING countIf(f.finding NOT IN ('unfounded', 'false-or-malicious')) = 0
