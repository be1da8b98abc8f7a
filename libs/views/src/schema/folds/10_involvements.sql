-- One row for each child in each role in each incident, with what was known of the child then. `child` is the child that linked
-- records are of. `counted` is 0 where the incident's is, and for a child alleged to have caused harm also where the finding
-- for that child is unfounded or false.
CREATE OR REPLACE VIEW involvements{on_cluster} AS
SELECT
    v.stream AS case_id,
    v.school AS filed_at,
    v.incident AS incident,
    v.place AS place,
    v.child AS recorded_child,
    if(c.same_as = toUUID('00000000-0000-0000-0000-000000000000'), v.child, c.same_as) AS child,
    v.role AS role,
    v.on_roll AS on_roll,
    v.sex AS sex,
    v.year_group AS year_group,
    v.age AS age,
    v.sen AS sen,
    v.need AS need,
    v.ethnicity AS ethnicity,
    v.vulnerabilities AS vulnerabilities,
    i.happened_at AS happened_at,
    i.occurred_date AS occurred_date,
    i.earliest AS earliest,
    i.latest AS latest,
    i.precision AS precision,
    i.school_year AS school_year,
    i.counted AND NOT (v.role = 'alleged-perpetrator' AND x.child = v.child) AS counted
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS v
INNER JOIN incidents(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS i ON i.incident = v.incident
LEFT JOIN cleared(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS x ON x.incident = v.incident AND x.child = v.child
LEFT JOIN canonical(position = {position:UInt64}) AS c ON c.child = v.child
WHERE v.kind = 'child-involved'
