import { lookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { limits } from "#kernel";
import type { S3Settings } from "./s3-settings.ts";

/** One request as it goes over the wire, signed. */
export interface S3Message {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Uint8Array[];
  readonly silenceMs: number;
  /** A longer answer is a failure. */
  readonly answerBytesMax: number;
}

export interface S3Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export type S3Connection = (message: S3Message) => Promise<S3Answer>;

/** Sends one request and reads its whole answer; rejects with the error of the socket. Connections are kept. */
export function openConnection({ endpoint, authorities }: S3Settings): S3Connection {
  const shared = { keepAlive: true, maxSockets: limits.s3ConnectionsMax, noDelay: true, lookup: ownNames };
  const secure = endpoint.startsWith("https:");
  const agent = secure ? new https.Agent({ ...shared, ca: authorities }) : new http.Agent(shared);
  const { request } = secure ? https : http;
  return (message) =>
    new Promise((resolve, reject) => {
      const { method, headers, silenceMs: timeout } = message;
      const sent = request(message.url, { method, headers, agent, timeout });
      sent.on("timeout", () => sent.destroy(new Error("silent for too long")));
      sent.on("error", reject);
      sent.on("response", (response) => {
        readAnswer(response, message.answerBytesMax).then(resolve, (error) => {
          sent.destroy();
          reject(error);
        });
      });
      for (const piece of message.body) sent.write(piece);
      sent.end();
    });
}

async function readAnswer(response: http.IncomingMessage, bytesMax: number): Promise<S3Answer> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    sizeBytes += piece.length;
    if (sizeBytes > bytesMax) throw new Error("its answer is too long");
    pieces.push(piece);
  }
  const [only] = pieces;
  const body = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces, sizeBytes);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** Names below `localhost` are this machine's, whether or not the system says so. Source: RFC 6761 §6.3. */
const ownNames: LookupFunction = (hostname, options, done) => {
  lookup(hostname.endsWith(".localhost") ? "localhost" : hostname, options, done);
};
