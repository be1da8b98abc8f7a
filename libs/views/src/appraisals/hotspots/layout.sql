-- appraisal: hot spots, the places on site of each school, with those next to them
SELECT
    toString(school) AS school,
    toString(place_id) AS place,
    arrayMap(p -> toString(p), argMax(places, place_order)) AS neighbours,
    if(argMax(capacity, place_order) < 0, NULL, argMax(capacity, place_order)) AS capacity
FROM
(
    SELECT school, place_id, places, capacity, setting, place AS place_order
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('place-named', 'place-changed')
)
GROUP BY school, place_id
HAVING argMax(setting, place_order) = 'on-site'
ORDER BY school, place
