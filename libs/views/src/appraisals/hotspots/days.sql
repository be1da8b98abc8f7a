-- appraisal: hot spots, incidents on site at a named place, known to the day, in a slot of the timetable
SELECT
    toString(happened_at) AS school,
    toString(place_id) AS place,
    slot,
    toString(occurred_date) AS day,
    uniqExact(incident) AS incidents
FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
WHERE happened_at IN {schools:Array(UUID)}
    AND counted
    AND setting = 'on-site'
    AND place_id != toUUID('00000000-0000-0000-0000-000000000000')
    AND precision IN ('minute', 'hour', 'slot', 'day')
    AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
GROUP BY happened_at, place_id, slot, occurred_date
ORDER BY happened_at, place_id, slot, occurred_date
