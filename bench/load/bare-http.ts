/** The floor of `bench/http`: Node's own server, which sends the same head and the same bytes to whoever asks. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface BareReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const reply = (await json(process.stdin)) as BareReply;
const bytes = Buffer.from(reply.body);
const server = createServer((_request, response) => {
  response.writeHead(200, { ...reply.headers, "content-length": String(bytes.length) });
  response.end(bytes);
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
