import { expect, it } from 'vitest'
import { buildProgram } from '../support/build'
import { engineProgram } from '../support/clickhouse'
import { runBench } from './bench'
import { asMarkdown, SECTIONS } from './table'

it('the bench yields the figures of every section, and PostgreSQL answers as we do', async () => {
  const said: string[] = []
  const programs = { engine: await engineProgram(), projector: await buildProgram('test/support/projector-child.ts') }
  const [small] = await runBench({ sizes: [300], programs, say: (line) => said.push(line), seconds: 2 })
  const { measured } = small!
  expect(SECTIONS.filter((section) => !measured.some((m) => m.section === section))).toEqual([])
  expect(measured.filter((m) => /NaN|undefined|Infinity|refused/.test(m.figure))).toEqual([])
  // Answers that differ throw. Where there is no PostgreSQL this is said, and is all there is of it.
  const rival = measured.filter((m) => m.section === 'postgresql')
  const absent = rival.some((m) => m.figure.includes('not measured'))
  if (absent) process.stderr.write('\nNO POSTGRESQL 15 HERE: its answers were not compared with ours.\n')
  expect(rival.length).toBe(absent ? 1 : 15)
  expect(said.join('\n')).toContain('events')
  expect(asMarkdown(small!)).toMatch(/\| durable single appends \| .* × /)
})
