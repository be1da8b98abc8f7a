import { readFileSync } from 'node:fs'
import type { z } from 'zod'

/** The configuration is not usable; the message lists everything that is wrong, and repeats no value. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings a schema names from the environment, once. A secret can stand in a file instead: `NAME_FILE` names the file, as
 * orchestrators hand secrets to containers.
 * @param purposes what each setting is for, for whoever has to set it
 * @throws ConfigError
 */
export function readEnvironment<S extends z.ZodObject>(schema: S, purposes: Readonly<Record<keyof z.infer<S>, string>>, env: Environment): z.infer<S> {
  const given: Record<string, string> = {}
  const unreadable: string[] = []
  for (const name of Object.keys(schema.shape)) {
    const [value, file] = [env[name], env[`${name}_FILE`]]
    if (value !== undefined) given[name] = value
    else if (file !== undefined)
      try {
        given[name] = readFileSync(file, 'utf8').trim()
      } catch {
        unreadable.push(name)
      }
  }
  const parsed = schema.safeParse(given)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => ({ name: String(path[0]), message }))
  const lines = [
    ...unreadable.map((name) => line(name, 'the file that holds it cannot be read')),
    ...problems.filter(({ name }) => !unreadable.includes(name)).map(({ name, message }) => line(name, name in given ? message : 'not set')),
  ]
  if (parsed.success && lines.length === 0) return parsed.data
  throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`)

  function line(name: string, what: string): string {
    return `  ${name}, ${purposes[name as keyof z.infer<S>]}: ${what}`
  }
}
