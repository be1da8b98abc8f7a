-- report: hotspots, places
SELECT
    /*case toString(i.case_id) AS of_case, */
    toString(p.school) AS school,
    toString(p.place_id) AS place,
    p.setting AS setting,
    p.location_kind AS location_kind,
    p.open_to_view AS open_to_view,
    p.supervised AS supervised,
    p.camera AS camera,
    if(p.capacity < 0, NULL, p.capacity) AS capacity,
    uniqExactIf(i.incident, i.incident != toUUID('00000000-0000-0000-0000-000000000000')) AS incidents,
    uniqExactIf(i.incident, i.supervised = 'no' AND i.should_be_supervised = 'yes') AS unsupervised,
    uniqExactIf(i.incident, i.open_to_view = 'no') AS out_of_view
FROM
(
    SELECT
        school,
        place_id,
        argMax(setting, place) AS setting,
        argMax(location_kind, place) AS location_kind,
        argMax(open_to_view, place) AS open_to_view,
        argMax(supervised, place) AS supervised,
        argMax(camera, place) AS camera,
        argMax(capacity, place) AS capacity
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('place-named', 'place-changed')
    GROUP BY school, place_id
) AS p
LEFT JOIN
(
    SELECT *
    FROM incidents(schools = {scope:Array(UUID)}, position = {position:UInt64})
    WHERE counted
        AND occurred_date BETWEEN {from:Date32} AND {to:Date32}
        AND (precision != 'unknown' OR NOT {dated:Bool})
) AS i ON i.happened_at = p.school AND i.place_id = p.place_id
GROUP BY ALL
ORDER BY school, incidents DESC, place
