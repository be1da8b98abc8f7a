import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { runBench } from './bench'
import { asMarkdown, SECTIONS, type Results, type Section } from './table'

const [folder, ...args] = process.argv.slice(2) as [string, ...string[]]
const programs = { engine: resolve(folder, 'engine.js'), projector: resolve(folder, 'projector.js') }
const given = (option: string) => (args.includes(option) ? (args[args.indexOf(option) + 1] ?? '').split(',') : undefined)
const sizes = (given('--cases') ?? ['100000', '1000000']).map(Number)
if (sizes.some((n) => !Number.isInteger(n) || n < 100)) throw new Error('Expected --cases with whole numbers from 100 on, parted by commas, as in --cases 100000,1000000.')
const only = given('--only')
const unknown = only?.filter((name) => !SECTIONS.some((section) => section === name)) ?? []
if (unknown.length > 0) throw new Error(`There is no section ${unknown.join(', ')}. Expected --only with some of ${SECTIONS.join(', ')}, parted by commas.`)
const started = performance.now()
const say = (line: string) => process.stdout.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}\n`)
mkdirSync('test-results', { recursive: true })
const keep = (all: readonly Results[]) => {
  writeFileSync('test-results/bench.json', JSON.stringify(all, null, 2))
  writeFileSync('test-results/bench.md', all.map(asMarkdown).join('\n'))
}
const all = await runBench({ sizes, programs, say, keep, only: only as readonly Section[] | undefined })
process.stdout.write(`\n${all.map(asMarkdown).join('\n')}\n`)
