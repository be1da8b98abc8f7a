import { createTheme, defaultVariantColorsResolver, MantineProvider } from '@mantine/core'
import { useLayoutEffect, type ReactNode } from 'react'
import { useLook } from './use-look'

const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 4 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  respectReducedMotion: true,
  autoContrast: true,
  // 24 pixels: to be met with a finger.
  components: { Checkbox: { defaultProps: { size: 'md' } }, Radio: { defaultProps: { size: 'md' } } },
  // Filled with whatever colour the look has for it, which is light on dark ground: the text follows.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === 'filled' && { color: 'var(--mantine-primary-color-contrast)' }),
  }),
})

/** The look of everything within. The colours themselves are in colours.css. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const { scheme, contrast } = useLook()
  useLayoutEffect(() => document.documentElement.setAttribute('data-contrast', contrast), [contrast])
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  )
}
