import type { Columns } from './row'

/** The mapping says something for which the ledger has no column. */
export class LedgerColumnsError extends Error {
  readonly code = 'ledger-columns'
}

/** A column as the server has it; `fallback` is the number it holds where a row says nothing, 0 for most. */
export interface ColumnType {
  readonly name: string
  readonly type: string
  readonly fallback: number
}

/** Encodes the values of a column; where one is missing, the column's own default. */
type Encode = (values: readonly unknown[], fallback: number) => Buffer

const DAY_MS = 86_400_000
const encoder = new TextEncoder()

/**
 * Rows as one block of ClickHouse's Native format, column by column: what a sparse row does not say costs next to nothing, and the
 * server has nothing to parse. Codes go as plain strings, which the server turns into its own dictionary.
 * https://clickhouse.com/docs/en/interfaces/formats#native
 */
export class NativeBlocks {
  private readonly columns: ReadonlyMap<string, ColumnType & { readonly encode: Encode; readonly head: Buffer }>

  constructor(columns: readonly ColumnType[]) {
    this.columns = new Map(
      columns.map((column) => [column.name, { ...column, encode: encodeOf(column.type), head: Buffer.concat([stringOf(column.name), stringOf(sentAs(column.type))]) }]),
    )
  }

  /** The columns that the rows say anything of, in no particular order, and the block of them. */
  encode(rows: readonly Columns[]): { readonly columns: readonly string[]; readonly block: Buffer } {
    const said = new Map<string, unknown[]>()
    rows.forEach((row, i) => {
      for (const name in row) {
        let values = said.get(name)
        if (!values) said.set(name, (values = new Array<unknown>(rows.length)))
        values[i] = row[name as keyof Columns]
      }
    })
    const parts: Buffer[] = [varint(said.size), varint(rows.length)]
    for (const [name, values] of said) {
      const column = this.columns.get(name)
      if (!column) throw new LedgerColumnsError(`The ledger has no column ${name}.`)
      parts.push(column.head, column.encode(values, column.fallback))
    }
    return { columns: [...said.keys()], block: Buffer.concat(parts) }
  }
}

/** A dictionary is the server's own affair. */
const sentAs = (type: string): string => type.replaceAll('LowCardinality(String)', 'String')

function encodeOf(type: string): Encode {
  const inner = /^(?:Array|Nullable)\((.+)\)$/.exec(type)?.[1]
  if (type.startsWith('Array(')) return arrays(encodeOf(inner!))
  if (type.startsWith('Nullable(')) return nullable(encodeOf(inner!))
  const known = ENCODERS[sentAs(type)]
  if (!known) throw new Error(`The ledger has a column of type ${type}, which cannot be written yet.`)
  return known
}

/** Whole numbers of so many bytes. */
const numbers =
  (bytes: number, write: (buffer: Buffer, value: number, at: number) => void): Encode =>
  (values, fallback) => {
    const buffer = Buffer.alloc(values.length * bytes)
    for (let i = 0; i < values.length; i++) {
      const value = (values[i] as number | undefined) ?? fallback
      if (value !== 0) write(buffer, value, i * bytes)
    }
    return buffer
  }

const TWO_32 = 4_294_967_296

function writeInt64(buffer: Buffer, value: number, at: number): void {
  const high = Math.floor(value / TWO_32)
  buffer.writeUInt32LE(value - high * TWO_32, at)
  buffer.writeInt32LE(high, at + 4)
}

const ENCODERS: Readonly<Record<string, Encode>> = {
  UInt8: numbers(1, (b, v, at) => b.writeUInt8(v, at)),
  UInt16: numbers(2, (b, v, at) => b.writeUInt16LE(v, at)),
  UInt32: numbers(4, (b, v, at) => b.writeUInt32LE(v, at)),
  UInt64: numbers(8, writeInt64),
  Int8: numbers(1, (b, v, at) => b.writeInt8(v, at)),
  Int16: numbers(2, (b, v, at) => b.writeInt16LE(v, at)),
  Int32: numbers(4, (b, v, at) => b.writeInt32LE(v, at)),
  Int64: numbers(8, writeInt64),
  Date32: dates,
  UUID: uuids,
  String: strings,
}

function dates(values: readonly unknown[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  values.forEach((value, i) => {
    if (typeof value === 'string') buffer.writeInt32LE(Date.parse(value) / DAY_MS, i * 4)
  })
  return buffer
}

/** The value of a hexadecimal digit by its character. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, char) => Number.parseInt(String.fromCharCode(char), 16) || 0)
/** Where the bytes of a UUID begin in its text, in the order of the server: each half from its end. */
const BYTES = [16, 14, 11, 9, 6, 4, 2, 0, 34, 32, 30, 28, 26, 24, 21, 19]

function uuids(values: readonly unknown[]): Buffer {
  const buffer = Buffer.alloc(values.length * 16)
  for (let i = 0; i < values.length; i++) {
    const text = values[i] as string | undefined
    if (text === undefined) continue
    for (let byte = 0; byte < 16; byte++) {
      const at = BYTES[byte]!
      buffer[i * 16 + byte] = (DIGITS[text.charCodeAt(at)]! << 4) | DIGITS[text.charCodeAt(at + 1)]!
    }
  }
  return buffer
}

/** Few different strings: codes. */
const known = new Map<string, Buffer>()

function stringOf(text: string): Buffer {
  let bytes = known.get(text)
  if (!bytes) {
    const utf8 = encoder.encode(text)
    bytes = Buffer.concat([varint(utf8.length), utf8])
    if (known.size < 10_000) known.set(text, bytes)
  }
  return bytes
}

function strings(values: readonly unknown[]): Buffer {
  const bytes = Array.from(values, (value) => stringOf((value as string | undefined) ?? ''))
  return Buffer.concat(bytes)
}

const arrays =
  (encode: Encode): Encode =>
  (values) => {
    const offsets = Buffer.alloc(values.length * 8)
    const all: unknown[] = []
    for (let i = 0; i < values.length; i++) {
      for (const value of (values[i] as unknown[] | undefined) ?? []) all.push(value)
      writeInt64(offsets, all.length, i * 8)
    }
    return Buffer.concat([offsets, encode(all, 0)])
  }

const nullable =
  (encode: Encode): Encode =>
  (values) => {
    const given = Array.from(values, (value) => value ?? undefined)
    const nulls = Buffer.from(given.map((value) => (value === undefined ? 1 : 0)))
    return Buffer.concat([nulls, encode(given, 0)])
  }

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) | 128)
  }
}
