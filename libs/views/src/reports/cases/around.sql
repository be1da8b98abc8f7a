-- case: its incidents, and how many were reported there, then and of that kind in the year up to the day asked about
SELECT
    toString(o.incident) AS incident,
    toString(o.happened_at) AS school,
    o.setting AS setting,
    if(o.place_id = toUUID('00000000-0000-0000-0000-000000000000'), NULL, toString(o.place_id)) AS place,
    o.location_kind AS location_kind,
    o.slot AS slot,
    o.behaviour AS behaviour,
    toString(o.occurred_date) AS day,
    o.precision AS precision,
    uniqExactIf(i.incident, i.setting = o.setting AND i.place_id = o.place_id AND i.location_kind = o.location_kind) AS there,
    uniqExactIf(i.incident, i.setting = o.setting AND i.place_id = o.place_id AND i.location_kind = o.location_kind AND i.slot = o.slot) AS there_then,
    uniqExactIf(i.incident, i.behaviour = o.behaviour) AS of_behaviour,
    uniqExact(i.incident) AS at_school
FROM
(
    SELECT * FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64}) WHERE case_id = {case:UUID}
) AS o
LEFT JOIN
(
    SELECT *
    FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE counted AND precision != 'unknown' AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
) AS i ON i.happened_at = o.happened_at
GROUP BY incident, school, setting, o.place_id, location_kind, slot, behaviour, day, precision, o.earliest
ORDER BY o.earliest, incident
