import type Database from 'libsql'
import { Secrets } from '../stored/secrets'
import { StoredVault } from '../stored/stored-vault'
import { masterKey } from '../master-key'
import { SqliteStorage } from './sqlite-storage'
import { tablesOf, type VaultTable } from './tables'

/** The vault in one SQLite file. What is erased is gone from the file and its log too. */
export class SqliteVault extends StoredVault {
  protected readonly db: Database.Database

  /**
   * @param master the master key in base64; without it, the file `master.key` beside the vault, made with a new vault
   * @throws WrongMasterKeyError, VaultFormatError
   */
  constructor(file: string, master?: string) {
    const key = masterKey(file, master)
    const storage = new SqliteStorage(file)
    const secrets = new Secrets(key)
    try {
      storage.writeNow(() => secrets.load())
      storage.attemptScrub()
    } catch (error) {
      storage.db.close()
      throw error
    }
    super(storage, key, secrets)
    this.db = storage.db
  }
  /** All it holds, as it is stored. */
  tables(): readonly VaultTable[] {
    return tablesOf(this.db)
  }
}
