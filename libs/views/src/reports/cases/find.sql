-- Cases that are all of what is asked, the last told first. An empty value asks nothing. `children`: cases whose records name any of them.
WITH toUUID('00000000-0000-0000-0000-000000000000') AS nil
SELECT
    toString(t.case_id) AS case,
    toString(t.filed_at) AS school,
    toString(t.told_date) AS told,
    t.told_kind AS kind,
    multiIf(s.last_closing = 'case-closed', 'closed', s.last_state = 'case-dealt-with', 'dealt-with', s.taken_up > 0 OR s.last_state = 'case-reopened', 'open', 'not-taken-up') AS state,
    arraySort(arrayMap(p -> toString(p), arrayFilter(p -> p != nil, i.places))) AS places,
    arraySort(arrayMap(b -> toString(b), i.behaviours)) AS behaviours,
    arraySort(s.roles) AS roles,
    count() OVER () AS total
FROM told(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS t
INNER JOIN
(
    SELECT
        stream,
        argMaxIf(kind, place, kind IN ('case-closed', 'case-reopened')) AS last_closing,
        argMaxIf(kind, place, kind IN ('case-dealt-with', 'case-closed', 'case-reopened')) AS last_state,
        countIf(kind IN ('concern-taken-up', 'decision-recorded')) AS taken_up,
        groupUniqArrayIf((toString(child), toString(role)), kind = 'child-involved') AS roles,
        groupUniqArrayIf(toString(year_group), kind = 'child-involved') AS year_groups,
        groupUniqArrayArray(arrayConcat([child, other_child], children)) AS named
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    GROUP BY stream
) AS s ON s.stream = t.case_id
LEFT JOIN
(
    SELECT case_id, groupUniqArray(place_id) AS places, groupUniqArrayArray(behaviours) AS behaviours
    FROM incidents(schools = {schools:Array(UUID)}, position = {position:UInt64})
    GROUP BY case_id
) AS i ON i.case_id = t.case_id
WHERE t.told_date BETWEEN {from:Date32} AND {to:Date32}
    AND (NOT {by_child:Bool} OR hasAny(s.named, {children:Array(UUID)}))
    AND ({place:UUID} = nil OR has(i.places, {place:UUID}))
    AND ({behaviour:String} = '' OR has(i.behaviours, {behaviour:String}))
    AND ({year_group:String} = '' OR has(s.year_groups, {year_group:String}))
    AND ({state:String} = '' OR state = {state:String})
ORDER BY t.told_date DESC, t.case_id DESC
LIMIT {limit:UInt32} OFFSET {offset:UInt32}
