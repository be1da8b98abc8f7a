import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** A figure about the service, for Prometheus. */
export interface Metric {
  /** `circumspect_…`; ends in `_total` where it only grows. */
  readonly name: string
  readonly help: string
  /** One value, or one for each value of a label. */
  readonly value: number | { readonly label: string; readonly of: ReadonlyMap<string | number, number> }
}

/** What a service tells Prometheus: how it answers, how its process does, and the figures of its own work. */
export class Metrics {
  private readonly process = new Registry()
  private readonly requests: Histogram<'method' | 'status'>

  constructor(private readonly own: () => Promise<readonly Metric[]>) {
    collectDefaultMetrics({ register: this.process })
    this.requests = new Histogram({
      name: 'circumspect_request_seconds',
      help: 'How long requests took.',
      labelNames: ['method', 'status'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
      registers: [this.process],
    })
  }

  /** Times every request. Neither path nor query is kept: addresses hold ids. */
  readonly timed: RequestHandler = (request, response, next) => {
    const end = this.requests.startTimer({ method: request.method })
    response.once('close', () => void end({ status: String(response.statusCode) }))
    next()
  }

  readonly contentType = this.process.contentType

  async text(): Promise<string> {
    const now = new Registry()
    for (const metric of await this.own()) put(metric, now)
    return (await now.metrics()) + (await this.process.metrics())
  }
}

function put({ name, help, value }: Metric, registry: Registry): void {
  const labelNames = typeof value === 'number' ? [] : [value.label]
  const kind = name.endsWith('_total') ? Counter : Gauge
  const metric = new kind({ name, help, labelNames, registers: [registry] })
  if (typeof value === 'number') metric.inc(value)
  else for (const [each, figure] of value.of) metric.inc({ [value.label]: String(each) }, figure)
}
