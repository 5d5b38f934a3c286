import { limits } from "#kernel";
import type { S3Client } from "./s3-client.ts";
import { unanswered } from "./s3-failure.ts";

/**
 * Undefined where it is not there. Asked by its first byte, as some servers answer HEAD with the body of their error, and the
 * connection is of no use then. An object without a first byte is empty.
 */
export async function sizeOf(client: S3Client, name: string): Promise<number | undefined> {
  const range = { range: "bytes=0-0" };
  const answer = await client.ask({ doing: "looking", method: "GET", name, headers: range, mayBeEmpty: true });
  if (answer === undefined) return undefined;
  if (answer.status === 416) return 0;
  const total = /^bytes 0-0\/(\d+)$/.exec(answer.headers["content-range"] ?? "")?.[1];
  return total === undefined ? answer.body.length : Number(total);
}

export async function readObject(client: S3Client, name: string): Promise<Buffer | undefined> {
  const answer = await client.ask({ doing: "reading", method: "GET", name, answerBytesMax: Number.POSITIVE_INFINITY });
  return answer?.body;
}

/** Exactly those bytes, which must be there; undefined where the object is not. */
export async function readRange(
  client: S3Client,
  name: string,
  { fromByte, lengthBytes }: { readonly fromByte: number; readonly lengthBytes: number },
): Promise<Buffer | undefined> {
  const answer = await client.ask({
    doing: "reading",
    method: "GET",
    name,
    headers: { range: `bytes=${fromByte}-${fromByte + lengthBytes - 1}` },
    answerBytesMax: lengthBytes,
  });
  if (answer === undefined || answer.body.length === lengthBytes) return answer?.body;
  throw unanswered("reading", new Error("it gave another range than was asked for"));
}

export interface ToWrite {
  readonly body: readonly Uint8Array[];
  readonly sha256?: string;
}

/** Durable when it resolves, whole or not at all. */
export async function writeObject(client: S3Client, name: string, { body, sha256 }: ToWrite): Promise<void> {
  const known = sha256 === undefined ? {} : { sha256 };
  await client.ask({ doing: "writing", method: "PUT", name, body, ...known });
}

/** It need not be there. */
export async function removeObject(client: S3Client, name: string): Promise<void> {
  await client.ask({ doing: "removing", method: "DELETE", name });
}

/** Within the storage, by one request. False where the source is not there. */
export async function copyObject(client: S3Client, from: string, to: string): Promise<boolean> {
  const answer = await client.ask({
    doing: "copying",
    method: "PUT",
    name: to,
    headers: { "x-amz-copy-source": copySource(client, from) },
    silenceMs: limits.s3LongSilenceMs,
    failsLate: true,
  });
  return answer !== undefined;
}

export function copySource(client: S3Client, name: string): string {
  return `/${client.settings.bucket}/${name}`;
}
