-- For each case the first of each step that a stream speaks of: kind of fact, when, how precisely. Of a step the first is the earliest,
-- then the first recorded. A review speaks of a case from a stream of its own.
CREATE OR REPLACE VIEW steps{on_cluster} AS
SELECT
    school,
    stream,
    if(kind = 'circumstances-reviewed', about_case, stream) AS case_id,
    multiIf(
        kind = 'concern-taken-up', 'taken-up',
        kind = 'protective-action-taken', 'protected',
        kind = 'risk-assessed', 'risk-assessed',
        kind = 'family-told', 'family-told',
        kind = 'circumstances-reviewed', 'reviewed',
        kind = 'case-dealt-with', 'dealt-with',
        kind = 'case-closed', 'closed',
        kind = 'referral-made', if(hasAny(agencies, ['police', 'childrens-social-care']), 'referred', ''),
        hasAny(codes, ['police', 'childrens-social-care']), 'decided-for',
        'decided-against'
    ) AS step,
    argMin(l.occurred_date, (l.earliest, l.place)) AS step_date,
    min(l.earliest) AS step_earliest,
    argMin(l.latest, (l.earliest, l.place)) AS step_latest,
    argMin(l.precision, (l.earliest, l.place)) AS step_precision,
    argMin(l.place, (l.earliest, l.place)) AS step_place
FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64}) AS l
WHERE kind IN ('concern-taken-up', 'protective-action-taken', 'risk-assessed', 'family-told', 'circumstances-reviewed',
    'case-dealt-with', 'case-closed', 'referral-made', 'decision-recorded')
GROUP BY school, stream, case_id, step
HAVING step != ''
