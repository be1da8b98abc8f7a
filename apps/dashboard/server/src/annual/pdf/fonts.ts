import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const NOTO = '@expo-google-fonts/noto-sans'
const found = createRequire(import.meta.url)

/** Noto Sans (SIL Open Font License 1.1): Latin with all its accents, Greek and Cyrillic. Read once, embedded in part in each file. */
export const FONTS = {
  regular: () => (regular ??= readFileSync(found.resolve(`${NOTO}/400Regular/NotoSans_400Regular.ttf`))),
  bold: () => (bold ??= readFileSync(found.resolve(`${NOTO}/700Bold/NotoSans_700Bold.ttf`))),
}
let regular: Buffer | undefined
let bold: Buffer | undefined
