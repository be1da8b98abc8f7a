import { parseCommand, type Command, type EventType } from '@circumspect/domain'
import { createIngestApp } from '@circumspect/ingest'
import { randomUUID } from 'node:crypto'
import { MINIMAL } from './least-facts'
import { openHistory, TESTER, type History } from './service'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  /** The body, read as JSON. */
  readonly body: Record<string, unknown>
}

export interface Ingest extends History {
  readonly url: string
  /** `post /api/cases/{id}/events` … */
  readonly routes: readonly string[]
  /** What was logged. */
  readonly log: readonly string[]
  send(path: string, init: RequestInit): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  get(path: string): Promise<Answer>
  stop(): Promise<void>
}

interface Route {
  readonly path: string
  readonly methods: Readonly<Record<string, boolean>>
}

/** Ingest on real files and a real port of the loopback, without anything else. */
export async function startIngest(now: () => Date = () => new Date('2026-03-20T12:00:00.000Z')): Promise<Ingest> {
  const history = await openHistory(now)
  const log: string[] = []
  const app = await createIngestApp({ ...history, now, accountOf: () => TESTER }, (message) => log.push(message))
  await app.listen(0, '127.0.0.1')
  const { port } = app.getHttpServer().address() as { port: number }
  const url = `http://127.0.0.1:${port}`
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, init)
    const text = await response.text()
    return { status: response.status, type: response.headers.get('content-type') ?? '', text, body: jsonOf(text) }
  }
  const express: unknown = app.getHttpAdapter().getInstance()
  const { stack } = (express as { router: { stack: { route?: Route }[] } }).router
  const routes = stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`) : [],
  )
  const stop = async () => {
    await app.close()
    await history.close()
  }
  return {
    ...history,
    url,
    routes,
    log,
    send,
    stop,
    post: (path, body) => send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    get: (path) => send(path, {}),
  }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

/** A fact as a client sends it: the least its type wants, with `data` laid over it. */
export const sent = (type: keyof typeof MINIMAL, data: object = {}, rest: object = {}) => ({
  id: randomUUID(),
  type,
  occurredAt: { date: '2026-03-02', precision: 'day' },
  ...rest,
  data: { ...MINIMAL[type], ...data },
})

/** The same as a command, checked by its schema. */
export function commandOf(kind: Parameters<typeof parseCommand>[0], input: unknown): Command & { type: EventType } {
  const parsed = parseCommand(kind, input)
  if ('problems' in parsed) throw new Error(`Not a command: ${JSON.stringify(parsed.problems)}`)
  return parsed.command
}
