export * from './report'
export { ClickHouseReports, reportTitles } from './reports/run'
export { applySchema, NewerSchemaError } from './schema/apply'
export { MAPPING_VERSION, toRows } from './ledger/mapping'
