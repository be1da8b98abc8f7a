import type { Lease, Leases } from '../leases'
import { firstOf, rowsOf, type Storage } from './work'

/** How a store tells the time and adds to it; `?` is a number of milliseconds. */
export interface Clock {
  readonly now: string
  readonly later: string
}

/** Leases in a table: whoever changes the row first has it. */
export class StoredLeases implements Leases {
  private readonly sql

  constructor(
    private readonly storage: Storage,
    { now, later }: Clock,
  ) {
    this.sql = {
      acquire: `INSERT INTO leases (name, holder, token, until) VALUES (?, ?, 1, ${later}) ON CONFLICT (name) DO UPDATE
        SET token = leases.token + CASE WHEN leases.holder = excluded.holder AND leases.until > ${now} THEN 0 ELSE 1 END,
            holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until <= ${now} RETURNING token`,
      renew: `UPDATE leases SET until = ${later} WHERE name = ? AND holder = ? AND token = ? AND until > ${now} RETURNING token`,
      held: `SELECT 1 AS held FROM leases WHERE name = ? AND until > ${now}`,
      release: `UPDATE leases SET until = ${now} WHERE name = ? AND holder = ? AND token = ? AND until > ${now}`,
    }
  }

  async acquire(name: string, holder: string, milliseconds: number): Promise<Lease | undefined> {
    const row = await this.storage.write(() => firstOf<{ token: number | string }>(this.sql.acquire, name, holder, milliseconds))
    return row && { name, holder, token: Number(row.token) }
  }

  async renew({ name, holder, token }: Lease, milliseconds: number): Promise<boolean> {
    return (await this.storage.write(() => firstOf(this.sql.renew, milliseconds, name, holder, token))) !== undefined
  }

  async held(name: string): Promise<boolean> {
    return (await this.storage.read(() => firstOf(this.sql.held, name))) !== undefined
  }

  async release({ name, holder, token }: Lease): Promise<void> {
    await this.storage.write(() => rowsOf(this.sql.release, name, holder, token))
  }
}
