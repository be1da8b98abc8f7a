import { Kafka, logLevel } from 'kafkajs'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface TestKafka {
  /** `127.0.0.1:<port>` */
  readonly broker: string
  /** Ends the broker, at once and without a word where `signal` is SIGKILL. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port and the same data, and waits until it answers. */
  start(): Promise<void>
  end(): Promise<void>
}

const there = (command: string, flag: string): boolean => {
  try {
    execFileSync(command, [flag], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Can a broker be had to test against? Says loudly where it cannot, and fails under CI. */
export function kafkaThere(): boolean {
  if (there('java', '-version') && there('mvn', '-v')) return true
  const what = "NOT TESTED: relay and feed on Kafka. Install Java 17 and Maven (Debian's openjdk-17-jre-headless and maven)."
  if (process.env.CI) throw new Error(what)
  process.stderr.write(`\n*** ${what} ***\n`)
  return false
}

/** The broker's settings: one node, loopback only; a group waits for no more members before it begins. */
const settings = (folder: string, port: number, controller: number): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
    listeners: `BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `BROKER://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'BROKER',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': false,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

/** A real Kafka broker, without Docker: Java runs the jars that scripts/kafka.mjs fetches once. In a folder that goes with it. */
export async function startKafka(): Promise<TestKafka> {
  const jars = execFileSync(process.execPath, [resolve('scripts/kafka.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const folder = mkdtempSync(join(tmpdir(), 'circumspect-broker-'))
  const [port, controller] = await freePorts()
  const config = join(folder, 'server.properties')
  writeFileSync(config, settings(folder, port, controller))
  const java = ['-Xmx512m', '-Xms128m', '-XX:TieredStopAtLevel=1', '-Djava.net.preferIPv4Stack=true', '-cp', join(jars.toString().trim(), '*')]
  execFileSync('java', [...java, 'kafka.tools.StorageTool', 'format', '--standalone', '-t', clusterId(), '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })

  const log = join(folder, 'broker.log')
  let running: ChildProcess | undefined
  const broker = `127.0.0.1:${port}`
  const start = async () => {
    const out = openSync(log, 'a')
    running = spawn('java', [...java, 'kafka.Kafka', config], { cwd: folder, stdio: ['ignore', out, out] })
    await answering(broker, running, log)
  }
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const ending = running
    running = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const over = new Promise((done) => ending.once('exit', done))
    ending.kill(signal)
    await over
  }
  const end = async () => {
    await stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  await start().catch(async (error: unknown) => {
    await end()
    throw error
  })
  return { broker, start, stop, end }
}

/** Its first bit is 0: an id that began with a dash would be taken for an option. */
function clusterId(): string {
  const bytes = Buffer.from(randomUUID().replaceAll('-', ''), 'hex')
  bytes[0]! &= 0x7f
  return bytes.toString('base64url')
}

/** Two ports that were free a moment ago. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()]
  await Promise.all(servers.map((s) => new Promise<void>((listening) => s.listen(0, '127.0.0.1', listening))))
  const ports = servers.map((s) => (s.address() as { port: number }).port)
  await Promise.all(servers.map((s) => new Promise((closed) => s.close(closed))))
  return ports as [number, number]
}

async function answering(broker: string, server: ChildProcess, log: string): Promise<void> {
  const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 0 }, connectionTimeout: 1000 }).admin()
  for (let tries = 1; ; tries++) {
    try {
      await admin.connect()
      const { controller } = await admin.describeCluster()
      if (controller === null || controller < 0) throw new Error('The broker has no controller yet.')
      await admin.disconnect()
      return
    } catch (error) {
      await admin.disconnect().catch(() => undefined)
      if (server.exitCode !== null) throw new Error(`The broker ended at once: ${readFileSync(log, 'utf8').slice(-2000)}`, { cause: error })
      if (tries === 200) throw error
      await sleep(200)
    }
  }
}
