import { buildProgram } from './build'
import { forkProgram, type Forked } from './forked'

export type { Forked } from './forked'

/** Builds a TypeScript program (`entry` is relative to the repository) and starts it as a process of its own. */
export const buildAndFork = async (entry: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): Promise<Forked> =>
  forkProgram(await buildProgram(entry), args, env)
