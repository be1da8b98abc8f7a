-- One row for each act: who is said to have acted on whom in an incident, with the sex and age of both as recorded then.
CREATE OR REPLACE VIEW acts{on_cluster} AS
SELECT
    a.stream AS case_id,
    a.school AS filed_at,
    a.incident AS incident,
    a.place AS place,
    b.child AS by_child,
    o.child AS on_child,
    b.sex AS by_sex,
    o.sex AS on_sex,
    b.age AS by_age,
    o.age AS on_age,
    b.happened_at AS happened_at,
    b.occurred_date AS occurred_date,
    b.earliest AS earliest,
    b.precision AS precision,
    b.counted AND o.counted AS counted
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS a
INNER JOIN involvements(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS b
    ON b.incident = a.incident AND b.recorded_child = a.child
INNER JOIN involvements(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS o
    ON o.incident = a.incident AND o.recorded_child = a.other_child
WHERE a.kind = 'act-recorded' AND b.role = 'alleged-perpetrator' AND o.role = 'alleged-victim'
