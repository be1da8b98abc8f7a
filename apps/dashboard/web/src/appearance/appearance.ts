/** What a person can choose; `device` follows what the device says of itself. */
export const APPEARANCES = ['device', 'light', 'dark', 'contrast', 'contrast-dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

export const APPEARANCE_LABELS: Readonly<Record<Appearance, string>> = {
  device: 'As this device is set',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast, light',
  'contrast-dark': 'High contrast, dark',
}

/** What the device says: its own scheme, whether it asks for more contrast, and whether the page is being printed. */
export interface Device {
  readonly dark: boolean
  readonly contrast: boolean
  readonly print: boolean
}

export interface Look {
  readonly scheme: 'light' | 'dark'
  readonly contrast: 'more' | 'ordinary'
}

/** How the page looks. Paper is white, whatever the screen is. */
export function lookOf(chosen: Appearance, device: Device): Look {
  const dark = chosen === 'device' ? device.dark : chosen === 'dark' || chosen === 'contrast-dark'
  const more = chosen === 'device' ? device.contrast : chosen.startsWith('contrast')
  return { scheme: dark && !device.print ? 'dark' : 'light', contrast: more ? 'more' : 'ordinary' }
}

export const appearanceFrom = (text: string | null): Appearance => APPEARANCES.find((name) => name === text) ?? 'device'
