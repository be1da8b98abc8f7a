/** The role of a child in one incident. Never a label on a child. */
export const ROLES = ['alleged-victim', 'alleged-perpetrator', 'witness'] as const
export type Role = (typeof ROLES)[number]

/** As the DfE's data standard has it. */
export const SEXES = ['F', 'M', 'unknown'] as const
export const YEAR_GROUPS = [
  'E1', 'E2', 'N1', 'N2', 'R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', 'X',
] as const
/** N none, K SEN support, E education, health and care plan. */
export const SEN_PROVISIONS = ['N', 'K', 'E', 'unknown'] as const
export const PRIMARY_NEEDS = [
  'SPLD', 'MLD', 'SLD', 'PMLD', 'SEMH', 'SLCN', 'HI', 'VI', 'MSI', 'PD', 'ASD', 'DS', 'OTH', 'NSA',
] as const
/** DfE main ethnicity codes. */
export const ETHNICITIES = [
  'WBRI', 'WIRI', 'WIRT', 'WROM', 'WOTH', 'MWBC', 'MWBA', 'MWAS', 'MOTH', 'AIND', 'APKN', 'ABAN', 'AOTH', 'BCRB',
  'BAFR', 'BOTH', 'CHNE', 'OOTH', 'REFU', 'NOBT',
] as const
/** SEN is derived from provision, so it is not listed here. */
export const VULNERABILITIES = [
  'disability', 'eal', 'medical', 'mental-health', 'looked-after', 'previously-looked-after', 'domestic-abuse',
  'experienced-abuse', 'significant-harm-risk', 'criminal-exploitation-risk', 'sexual-exploitation-risk', 'missing',
  'young-carer', 'lgbtq-or-perceived', 'social-isolation',
] as const
