import type { Checkpoint, Checkpoints } from '../checkpoints'
import { firstOf, type Storage } from './work'

/** Checkpoints in a table: compared and set in one statement. */
export class StoredCheckpoints implements Checkpoints {
  constructor(private readonly storage: Storage) {}

  async read(name: string): Promise<Checkpoint> {
    type Kept = { version: number | string; value: string }
    const row = await this.storage.read(() => firstOf<Kept>('SELECT version, value FROM checkpoints WHERE name = ?', name))
    return row ? { version: Number(row.version), value: row.value } : { version: 0, value: undefined }
  }

  async write(name: string, expected: number, value: string, token: number): Promise<number | undefined> {
    const first = 'INSERT INTO checkpoints (name, version, token, value) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING RETURNING version'
    const next = `UPDATE checkpoints SET version = version + 1, token = ?, value = ?
      WHERE name = ? AND version = ? AND token <= ? RETURNING version`
    const row = await this.storage.write(() =>
      expected === 0
        ? firstOf<{ version: number | string }>(first, name, token, value)
        : firstOf<{ version: number | string }>(next, token, value, name, expected, token),
    )
    return row && Number(row.version)
  }
}
