export * from './account'
export { SqliteAuditLog, type AuditedAction, type AuditEntry, type AuditLog } from './audit'
export { Gate, NotAllowedError } from './gate'
