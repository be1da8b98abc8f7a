import { parseCommand, streamId, type Command, type EventType } from '@circumspect/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHistory, TESTER, type History } from '../../../../test/support/service'

const at = { date: '2026-01-30', zone: 'Europe/London', precision: 'day' }

function command(kind: 'case' | 'school', type: EventType, data: Record<string, unknown>, rest: Partial<Command> = {}): Command {
  const parsed = parseCommand(kind, { id: crypto.randomUUID(), type, occurredAt: at, data, ...rest })
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.command
}

describe('redacting a text about an erased child and another', () => {
  let history: History
  beforeAll(async () => void (history = await openHistory()))
  afterAll(() => history.close())

  it('is a correction that keeps naming both; then the old words are gone', async () => {
    const school = crypto.randomUUID()
    const stream = streamId('case', crypto.randomUUID())
    const options = { recordedBy: TESTER, school }
    await history.recorder.record(streamId('school', school), [command('school', 'school-registered', { name: 'School', phase: 'primary', from: '2025-09-01' })], options)
    const [a, b] = [await history.vault.childFor([]), await history.vault.childFor([])]
    const referral = command('case', 'referral-made', { referral: crypto.randomUUID(), agency: 'police', children: [a, b], reason: 'Words about both' })
    await history.recorder.record(stream, [command('case', 'concern-noticed', { summary: 'Words', verbatim: false }), referral], options)

    const { toRedact } = await history.vault.erase(a, '2026-02-01T09:00:00.000Z', 'asked-for')
    expect(toRedact).toContainEqual({ stream, eventId: referral.id, field: 'data.reason' })
    const redacted = { ...referral, id: crypto.randomUUID(), supersedes: referral.id, reason: 'Redacted', data: { ...referral.data, reason: 'Words about one' } }
    await history.recorder.record(stream, [redacted], options)

    const [old] = (await history.store.readStream(stream)).filter((e) => e.id === referral.id)
    expect((await history.vault.open(stream, old!)).data).not.toHaveProperty('reason')
    expect((await history.vault.erasures())[0]!.toRedact.filter((t) => t.eventId === referral.id)).toEqual([])
    await expect(history.recorder.record(stream, [command('case', 'family-told', { child: a, manner: 'letter' })], options)).rejects.toMatchObject({
      refusal: { code: 'unknown-reference' },
    })
  })
})
