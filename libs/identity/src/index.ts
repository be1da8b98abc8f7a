export { SqliteVault } from './sqlite/sqlite-vault'
export * from './vault'
