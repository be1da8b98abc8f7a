import type { Cell } from '@circumspect/views'

/** Codes as people say them. What is not here is shown with its hyphens as spaces. */
const LABELS: Readonly<Record<string, string>> = {
  'alleged-victim': 'Child harmed',
  'alleged-perpetrator': 'Child alleged to have caused harm',
  witness: 'Witness',
  F: 'Girl',
  M: 'Boy',
  unknown: 'Not known',
  'not-known': 'Not known',
  'on-site': 'On site',
  'online-only': 'Online',
  'out-of-hours': 'Outside school hours',
  'lesson-change': 'Between lessons',
  'childrens-social-care': 'Children’s social care',
  camhs: 'CAMHS',
  cctv: 'CCTV',
  'multi-agency-safeguarding-hub': 'Multi-agency safeguarding hub (MASH)',
  'prejudice-related-bullying': 'Prejudice-related bullying',
  'sexual-harassment.jokes-taunts': 'Sexual harassment: jokes or taunts',
  'sexual-harassment.exploitation-coercion-threats': 'Sexual harassment: exploitation, coercion or threats',
  'image-sharing.non-consensual': 'Image sharing: non-consensual',
  'harmful-sexual-behaviour.role-play': 'Harmful sexual behaviour: role-play',
  'initiation-hazing': 'Initiation or hazing',
  'gang-serious-violence': 'Gang-related or serious violence',
  'race-ethnicity': 'Race or ethnicity',
  'religion-belief': 'Religion or belief',
  'sex-gender': 'Sex or gender',
  'disability-sen': 'Disability or SEN',
  'care-adopted': 'In care or adopted',
  N: 'No SEN',
  K: 'SEN support',
  E: 'EHC plan',
  all: 'All',
  'sen-provision': 'SEN provision',
  'year-group': 'Year group',
  'multi-agency': 'Multi-agency',
  R: 'Reception',
}

export function label(code: string): string {
  const known = LABELS[code]
  if (known !== undefined) return known
  const words = code.replaceAll('.', ': ').replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })

/** 3 January 2018. */
export const dayInWords = (iso: string): string => day.format(new Date(`${iso}T00:00:00Z`))
/** 3 January 2018 at 14:05, by the clock here. */
export const momentInWords = (instant: string): string => moment.format(new Date(instant))

/** A cell of a report as a person reads it: dates in words, codes as labels, shares in hundredths, hours to a tenth. */
export function cellInWords(value: Cell, names: Readonly<Record<string, string>>, unit?: string): string {
  if (value === null) return '–'
  if (typeof value === 'number') return numberInWords(value, unit)
  if (names[value] !== undefined) return names[value]
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayInWords(value)
  if (/^\d{4}-\d{2}$/.test(value)) return month.format(new Date(`${value}-01T00:00:00Z`))
  if (isId(value)) return value
  return /^\d{6}$/.test(value) ? schoolYear(value) : label(value)
}

/** An id for which there is no name. */
export const isId = (value: Cell): boolean => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)

function numberInWords(value: number, unit: string | undefined): string {
  if (unit === 'share') return `${(value * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`
  return value.toLocaleString('en-GB', { maximumFractionDigits: unit === 'hours' ? 1 : 2 })
}

const schoolYear = (value: string): string => `${value.slice(0, 4)}/${value.slice(4)}`

/** " from 1 September 2025 to 31 August 2026", with what comes before it; empty where no period is chosen. */
export function periodInWords({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): string {
  if (from !== undefined && to !== undefined) return ` from ${dayInWords(from)} to ${dayInWords(to)}`
  if (from !== undefined) return ` since ${dayInWords(from)}`
  return to !== undefined ? ` up to ${dayInWords(to)}` : ''
}
