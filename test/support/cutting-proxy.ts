import { createServer, request, type Server } from 'node:http'

/** Whether the answer to this request is lost: told the request's address (with its query) and body. */
export type Lost = (address: string, body: Buffer) => boolean

/** Stands before a server: hands on every request and waits for the answer, which it may lose with the connection. */
export async function startCuttingProxy(to: string, lost: Lost): Promise<{ readonly url: string; readonly cut: () => number; close(): Promise<void> }> {
  let cut = 0
  const server: Server = createServer((asked, answer) => {
    const parts: Buffer[] = []
    asked.on('data', (part: Buffer) => parts.push(part))
    asked.on('end', () => {
      const body = Buffer.concat(parts)
      const headers = { ...asked.headers, host: new URL(to).host, 'content-length': String(body.length) }
      delete (headers as Record<string, unknown>)['transfer-encoding']
      const onward = request(new URL(asked.url!, to), { method: asked.method!, headers, agent: false }, (answered) => {
        const said: Buffer[] = []
        answered.on('data', (part: Buffer) => said.push(part))
        answered.on('end', () => {
          // The server has done it by now, and said so.
          if (answered.statusCode === 200 && lost(decodeURIComponent(asked.url!), body)) {
            cut++
            asked.socket.destroy()
          } else answer.writeHead(answered.statusCode!, answered.headers).end(Buffer.concat(said))
        })
      })
      onward.on('error', () => asked.socket.destroy())
      onward.end(body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, cut: () => cut, close }
}
