import type { KeptAccount, Vault } from '@circumspect/identity'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'

const account = (rest: Partial<KeptAccount> = {}): KeptAccount => ({ id: randomUUID(), role: 'governor', schools: [randomUUID(), randomUUID()], ...rest })

/** Who may be let in: kept until it is taken away, its name for nobody else to read. */
export function keepingAccounts(current: () => Vault): void {
  const of = async (id: string) => (await current().accounts()).find((one) => one.id === id)

  it('keeps role, schools and name, in the order of their ids', async () => {
    const all = [account(), account({ name: 'Somebody Ünnamed (made up)' }), account({ role: 'trust-board', schools: 'all' }), account({ schools: [] })]
    for (const one of all) await current().keepAccount(one)
    for (const one of all) expect(await of(one.id)).toEqual(one)
    const ids = (await current().accounts()).map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
  })

  it('puts what is kept later in the place of what was kept before, a name that is no more included', async () => {
    const first = account({ name: 'Somebody' })
    await current().keepAccount(first)
    const { name: _name, ...nameless } = first
    await current().keepAccount({ ...nameless, role: 'headteacher', schools: 'all' })
    expect(await of(first.id)).toEqual({ id: first.id, role: 'headteacher', schools: 'all' })
    expect((await current().accounts()).filter(({ id }) => id === first.id)).toHaveLength(1)
  })

  it('forgets one, and forgetting it again changes nothing', async () => {
    const [gone, stays] = [account({ name: 'Somebody' }), account()]
    for (const one of [gone, stays]) await current().keepAccount(one)
    for (let i = 0; i < 2; i++) await current().dropAccount(gone.id)
    expect(await of(gone.id)).toBeUndefined()
    expect(await of(stays.id)).toEqual(stays)
  })

  it('keeps many at once apart', async () => {
    const all = Array.from({ length: 10 }, (_, i) => account({ name: `Somebody ${i}` }))
    await Promise.all(all.map((one) => current().keepAccount(one)))
    for (const one of all) expect(await of(one.id)).toEqual(one)
  })
}
