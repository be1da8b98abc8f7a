-- For each case the first of each step: kind of fact, when, how precisely. A step's first is the earliest, then the first recorded.
CREATE OR REPLACE VIEW case_steps AS
SELECT
    case_id,
    step,
    argMin(occurred_date, (earliest, place)) AS step_date,
    argMin(earliest, (earliest, place)) AS step_earliest,
    argMin(latest, (earliest, place)) AS step_latest,
    argMin(precision, (earliest, place)) AS step_precision
FROM
(
    SELECT
        if(kind = 'circumstances-reviewed', about_case, stream) AS case_id,
        multiIf(
            kind = 'concern-taken-up', 'taken-up',
            kind = 'protective-action-taken', 'protected',
            kind = 'risk-assessed', 'risk-assessed',
            kind = 'family-told', 'family-told',
            kind = 'circumstances-reviewed', 'reviewed',
            kind = 'case-dealt-with', 'dealt-with',
            kind = 'case-closed', 'closed',
            kind = 'referral-made' AND hasAny(agencies, ['police', 'childrens-social-care']), 'referred',
            kind = 'decision-recorded' AND NOT hasAny(codes, ['police', 'childrens-social-care']), 'decided-against',
            kind = 'decision-recorded', 'decided-for',
            ''
        ) AS step,
        occurred_date,
        earliest,
        latest,
        precision,
        place
    FROM living(schools = {schools:Array(UUID)}, position = {position:UInt64})
    WHERE kind IN ('concern-taken-up', 'protective-action-taken', 'risk-assessed', 'family-told', 'circumstances-reviewed',
        'case-dealt-with', 'case-closed', 'referral-made', 'decision-recorded')
)
WHERE step != ''
GROUP BY case_id, step
