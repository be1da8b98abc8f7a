import { NativeSelect } from '@mantine/core'
import { APPEARANCE_LABELS, APPEARANCES, appearanceFrom } from './appearance'
import { choose, useAppearance } from './use-look'

export function AppearanceChoice() {
  const appearance = useAppearance()
  return (
    <NativeSelect
      label="Appearance"
      value={appearance}
      onChange={(event) => choose(appearanceFrom(event.currentTarget.value))}
      data={APPEARANCES.map((value) => ({ value, label: APPEARANCE_LABELS[value] }))}
      maw={240}
    />
  )
}
