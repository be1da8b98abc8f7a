import { mkdirSync, writeFileSync } from 'node:fs'
import { runBench } from './bench'
import { asMarkdown, type Results } from './table'

const [childScript, ...args] = process.argv.slice(2) as [string, ...string[]]
const at = args.indexOf('--cases')
const sizes = (at < 0 ? '100000,1000000' : args[at + 1] ?? '').split(',').map(Number)
if (sizes.some((n) => !Number.isInteger(n) || n < 100)) throw new Error('Expected --cases with whole numbers from 100 on, parted by commas, as in --cases 100000,1000000.')
const started = performance.now()
const say = (line: string) => process.stdout.write(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}\n`)
mkdirSync('test-results', { recursive: true })
const keep = (all: readonly Results[]) => {
  writeFileSync('test-results/bench.json', JSON.stringify(all, null, 2))
  writeFileSync('test-results/bench.md', all.map(asMarkdown).join('\n'))
}
const all = await runBench(sizes, childScript, say, undefined, keep)
process.stdout.write(`\n${all.map(asMarkdown).join('\n')}\n`)
