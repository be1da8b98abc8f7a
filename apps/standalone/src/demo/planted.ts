/**
 * What is planted in the made-up trust for the reports to find. Nothing else stands out by construction: cases fall on pupils, places and
 * times in proportion to the roll and the time spent there, at the rate of the school's phase.
 */
export const PLANTED = {
  /** A corridor at lesson change: so large a share of the school's incidents on site happen there. */
  corridor: { school: 'north', place: 'north-corridor', slot: 'lesson-change', share: 0.12, report: 'hotspots' },
  /** Pupils with SEN are harmed so many times as often as their share of the roll. */
  sen: { school: 'hill', times: 4, report: 'patterns' },
  /** Referrals take so many times as long. */
  slow: { school: 'south', times: 8, report: 'time-to-referral' },
  /** One pair of children: so many incidents after the first was dealt with. */
  pair: { school: 'south', again: 2, report: 'repeats' },
  /** Of what its peers would report for its roll, so large a share is. */
  quiet: { school: 'brook', share: 0.2, report: 'reporting' },
} as const
