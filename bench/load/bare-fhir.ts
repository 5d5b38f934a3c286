/**
 * The floor of `bench/fhir`: Node's own server, which reads what it is sent and answers with the bytes it was given for the
 * method and path, or else for the method and the type.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

export interface BareReplies {
  /** By `GET /fhir/Patient?family=Adams` or `POST Patient`. */
  readonly replies: Readonly<Record<string, RecordedReply>>;
}

export interface RecordedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const { replies } = (await json(process.stdin)) as BareReplies;
const ready = new Map(
  Object.entries(replies).map(([key, reply]) => [key, { ...reply, bytes: Buffer.from(reply.body) }]),
);
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const reply = ready.get(`${request.method} ${request.url}`) ?? ready.get(`${request.method} ${typeOf(request)}`);
    if (reply === undefined) {
      response.writeHead(404, { "content-length": "0" }).end();
      return;
    }
    // What has no content says no length.
    const length = reply.status === 204 ? {} : { "content-length": String(reply.bytes.length) };
    response.writeHead(reply.status, { ...reply.headers, ...length });
    response.end(reply.bytes);
  });
});

/** `/fhir/Patient/1` is of `Patient`. */
function typeOf({ url = "" }: IncomingMessage): string {
  return /^\/fhir\/(\w+)/.exec(url)?.[1] ?? "";
}

server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
