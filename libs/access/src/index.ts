export * from './account'
export { SqliteAuditLog, type AuditedAction, type AuditEntry, type AuditLog } from './audit'
export { AuditUnavailableError, PostgresAuditLog } from './postgres-audit'
export { Gate, NotAllowedError } from './gate'
