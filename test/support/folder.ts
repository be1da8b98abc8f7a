import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of its own for one test, which goes with it. */
export function testFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
