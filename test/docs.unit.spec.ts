import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const documents = ['README.md', ...['docs', 'docs/adr'].flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.md')).map((name) => join(folder, name)))]
/** Of links to other places of the project. */
const linksOf = (document: string) =>
  [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)(#[^)\s]*)?\)/g)].map(([, to]) => normalize(join(dirname(document), to!)))

describe('the documentation', () => {
  it.each(documents)('%s leads nowhere that is not there', (document) => {
    expect(linksOf(document).filter((to) => !existsSync(to))).toEqual([])
  })

  it('shows every picture that the tests take for it', () => {
    const shown = new Set(documents.flatMap(linksOf))
    expect(readdirSync('docs/images').filter((name) => !shown.has(join('docs/images', name)))).toEqual([])
  })
})
