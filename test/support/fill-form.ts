import type { Locator, Page } from 'playwright-core'

/** What a rule of its own wants at a field, by its question: the words to be written, or the option. */
export type Answers = Readonly<Record<string, string>>

const CONTROLS = 'summary, button, input, select, textarea'

interface Step {
  /** The how many-th control of the form. */
  readonly at: number
  readonly what: 'click' | 'choose' | 'write'
  readonly words: string
}

/** What is to be done next in a form, in its own order; undefined where all of it is unfolded and filled in. Runs in the page. */
function nextStep(form: Element, controls: string): Step | undefined {
  const written = (field: HTMLInputElement | HTMLTextAreaElement, at: number) =>
    ({ 'day/month/year': '3 March 2026', '14:30': '2.30pm' })[field.placeholder] ?? (field.inputMode === 'numeric' ? '3' : `Words ${at}, as somebody wrote them`)
  const labelOf = (field: HTMLInputElement) => field.labels?.[0]?.textContent
  const alike = (radio: HTMLInputElement) => [...form.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(({ name }) => name === radio.name)
  const isOpen = (field: HTMLInputElement): boolean => {
    if (field.type === 'radio') return alike(field).every((one) => !one.checked || labelOf(one) === 'Not said')
    return labelOf(field) === 'Fill this in' || field.closest('.boxes')?.querySelector(':checked') === null
  }
  for (const [at, control] of [...form.querySelectorAll(controls)].entries()) {
    const step = (what: Step['what'], words = ''): Step => ({ at, what, words })
    if (control.matches('details:not([open]) > summary')) return step('click')
    if (control instanceof HTMLButtonElement && /^Add (one|a day)$/.test(control.textContent)) return step('click')
    if (control instanceof HTMLSelectElement && control.value === '' && control.options.length > 1) return step('choose')
    if (control instanceof HTMLInputElement && control.matches('[type=radio], [type=checkbox]')) {
      if (isOpen(control)) return step('click')
    } else if ((control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) && control.value === '' && control.ariaHidden === null)
      return step('write', written(control, at))
  }
  return undefined
}

async function take(form: Locator, { at, what, words }: Step): Promise<void> {
  const control = form.locator(CONTROLS).nth(at)
  if (what === 'click') await control.click()
  else if (what === 'choose') await control.selectOption({ index: 1 })
  else await control.fill(words)
}

async function answer(form: Locator, question: string, words: string): Promise<void> {
  const radio = form.getByRole('group', { name: question }).getByRole('radio', { name: words, exact: true })
  if ((await radio.count()) > 0) return radio.first().check()
  const field = form.getByLabel(question).first()
  if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption({ label: words })
  else await field.fill(words)
}

/** Fills in every field of the form on the page as it asks for it, unfolding what is folded, and leaves its last field. */
export async function fillForm(page: Page, answers: Answers = {}): Promise<void> {
  const form = page.locator('form.record')
  await form.waitFor()
  await answer(form, 'How well is it known?', 'At this time, to the minute')
  for (let steps = 0; steps < 100; steps++) {
    const step = await form.evaluate(nextStep, CONTROLS)
    if (!step) break
    await take(form, step)
  }
  for (const [question, words] of Object.entries(answers)) await answer(form, question, words)
  await form.getByRole('button', { name: 'Record', exact: true }).focus()
}
