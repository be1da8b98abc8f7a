import type { CaseBehind, CaseListed } from '../report'
import type { TableDefinition } from './definition'
import wrapperSql from './behind.sql?raw'

export interface BehindRow {
  readonly id: string
  readonly school: string
  readonly told: string
  readonly kind: CaseListed['kind']
  readonly figure: string
  readonly total: string
}

/** The same question, case by case, of the rows asked for. `column` and `keys` are of the table's definition, never as they came in. */
export const behindSql = ({ sql, own = '1' }: Pick<TableDefinition, 'sql' | 'own'>, column: string, keys: readonly string[]): string =>
  wrapperSql
    .replace('{{column}}', column)
    .replace('{{rows}}', [own, ...keys.map((key) => `ifNull(toString(${key}), '') = {row_${key}:String}`)].join(' AND '))
    .replace('{{question}}', () => sql.replace(/\/\*case (.*?)\*\//gs, '$1'))

export const rowParams = (row: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(row).map(([key, value]) => [`row_${key}`, value]))

export const caseBehind = ({ id, school, told, kind, figure }: BehindRow): CaseBehind => ({ case: id, school, told, kind, figure: Number(figure) })
