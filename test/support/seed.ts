/** The seed of this run: given as SEED to repeat one, else new; printed either way. */
export function seedOfRun(what: string): number {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
  process.stdout.write(`${what}: SEED=${seed}\n`)
  return seed
}
