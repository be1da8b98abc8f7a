import { describe, expect, it } from 'vitest'
import { folds } from '../schema/apply'
import { holdingOf, writtenOut } from './written-out'

const reports = import.meta.glob<string>(['../reports/**/*.sql', '../appraisals/**/*.sql', '../today/*.sql'], { query: '?raw', import: 'default', eager: true })
/** What is left of a question when all that can be written out has been: children are linked across schools, not in some of them. */
const STAYS = ['leavers', 'canonical']

describe('a question with its views written out', () => {
  it('reads the rows that are kept, of the generations it is given', () => {
    const { sql, reads } = writtenOut('SELECT * FROM told(schools = {scope:Array(UUID)}, position = {position:UInt64}) AS t')
    expect(sql.replace(/\s+/g, ' ')).toBe(
      'SELECT * FROM (SELECT * EXCEPT (generation, bucket) FROM told_rows WHERE filed_at IN {scope:Array(UUID)}' +
        ` AND generation = {${holdingOf('told')}:Array(UInt64)}[(indexOf({scope:Array(UUID)}, filed_at) - 1) * 256 + bucket + 1]) AS t`,
    )
    expect(reads).toEqual(['told'])
  })

  it('takes the arguments of a view for its parameters, in views that rest on others too', () => {
    const { sql, reads } = writtenOut('SELECT 1 FROM reviews_due(schools = {schools:Array(UUID)}, position = {position:UInt64}, review_days = {allowed:Int64}, first_day = {since:Date32}, at_date = {at_date:Date32})')
    expect(reads).toEqual(['told', 'living', 'school_days'])
    expect(sql).toContain('if(p.allowed IS NULL, {allowed:Int64}, p.allowed)')
    expect(sql).toContain('day BETWEEN {since:Date32} AND {at_date:Date32}')
    expect(sql).not.toMatch(/first_day|review_days|\{on_cluster\}|VIEW/)
  })

  it('leaves a view alone whose schools are not a parameter', () => {
    for (const sql of ['SELECT * FROM leavers(position = {position:UInt64})', "SELECT * FROM living(schools = ['00000000-0000-0000-0000-000000000000'], position = {position:UInt64})"])
      expect(writtenOut(sql)).toEqual({ sql, reads: [] })
  })

  it('knows every view of every question', () => {
    const names = folds.map(({ name }) => name.replace(/^\d+_/, '')).filter((name) => !STAYS.includes(name))
    const left = new RegExp(`\\b(?:${names.join('|')})\\(\\w+ = `)
    const questions = Object.entries(reports).filter(([, sql]) => sql.includes('(schools = '))
    expect(questions.length).toBeGreaterThan(30)
    expect(questions.filter(([, sql]) => left.test(writtenOut(sql).sql)).map(([path]) => path)).toEqual([])
  })
})
