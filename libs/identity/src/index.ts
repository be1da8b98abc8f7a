export { PostgresVault } from './postgres/postgres-vault'
export type { PostgresOptions } from './postgres/postgres-storage'
export { SqliteVault } from './sqlite/sqlite-vault'
export * from './vault'
