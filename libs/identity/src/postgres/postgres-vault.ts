import { givenMasterKey } from '../master-key'
import { Secrets } from '../stored/secrets'
import { StoredVault } from '../stored/stored-vault'
import { PostgresStorage, type PostgresOptions } from './postgres-storage'

/**
 * The vault in one schema of a PostgreSQL database, for as many processes as share it. What is erased is gone from the tables'
 * files; the server's write-ahead log and its backups hold it until they expire, wrapped by the master key.
 */
export class PostgresVault extends StoredVault {
  /**
   * @param master the master key in base64; it is never kept in the database
   * @throws WrongMasterKeyError, VaultFormatError, VaultUnavailableError
   */
  static async open(options: PostgresOptions, master: string): Promise<PostgresVault> {
    const key = givenMasterKey(master)
    const storage = await PostgresStorage.open(options)
    const secrets = new Secrets(key)
    try {
      await storage.write(() => secrets.load())
      // What an erasure cut short has left; where it cannot be done now, the next one does it.
      await storage.scrub().catch(() => undefined)
      return new PostgresVault(storage, key, secrets)
    } catch (error) {
      await storage.close()
      throw error
    }
  }
}
