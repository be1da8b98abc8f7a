import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const documents = ['README.md', ...['docs', 'docs/adr'].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => join(folder, name)))]
const linksOf = (document: string) => [...readFileSync(document, 'utf8').matchAll(/\]\(([^)#\s]+)(#[^)\s]*)?\)/g)].map(([, to]) => normalize(join(dirname(document), to!)))

describe('the documentation', () => {
  it.each(documents)('%s leads nowhere that is not there', (document) => {
    const within = linksOf(document).filter((to) => !to.startsWith('http'))
    expect(within.filter((to) => !existsSync(to))).toEqual([])
  })

  it('shows every picture that the tests take for it', () => {
    const shown = new Set(documents.flatMap(linksOf))
    expect(readdirSync('docs/images').filter((name) => !shown.has(join('docs/images', name)))).toEqual([])
  })
})
