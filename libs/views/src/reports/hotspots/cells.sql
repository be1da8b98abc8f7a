-- report: hotspots, cells
SELECT
    /*case toString(case_id) AS of_case, */
    toString(happened_at) AS school,
    setting,
    if(place_id = toUUID('00000000-0000-0000-0000-000000000000'), NULL, toString(place_id)) AS place,
    location_kind,
    slot,
    weekday,
    uniqExact(incident) AS incidents
FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
WHERE happened_at IN {schools:Array(UUID)}
    AND counted
    AND (setting = 'on-site') IN {on_site:Array(Bool)}
    AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
    AND (precision != 'unknown' OR NOT {dated:Bool})
GROUP BY happened_at, setting, place_id, location_kind, slot, weekday /*case , of_case */
ORDER BY happened_at, setting, location_kind, place_id, slot, weekday
