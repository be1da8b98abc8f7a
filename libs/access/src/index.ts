export * from './account'
export { SqliteAuditLog, type AuditedAction, type AuditEntry, type AuditLog } from './audit'
export { AuditUnavailableError, ForeignAuditError, PostgresAuditLog } from './postgres-audit'
export { Gate, NotAllowedError } from './gate'
