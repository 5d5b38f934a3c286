import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { failed, limits, ok, type Result, unavailable } from "#kernel";
import { isLinkLocal, lookUpOutside } from "#links/addresses";

/** Where an archive takes images. */
export interface StowPlace {
  /** What `/studies` stands behind. */
  readonly url: string;
  /** What it is called in problems. */
  readonly name: string;
  /** Of the header Authorization. */
  readonly authorization?: string;
}

/** A DICOM file on its way. */
export interface StowFile {
  /** Undefined where it is not known beforehand. */
  readonly sizeBytes: number | undefined;
  pieces(): AsyncIterable<Uint8Array>;
}

/**
 * Sends one file. True when the archive says that it has it, false when it does not take this one. Problems: unavailable
 * `node-web-silent`, `node-web-refused` for whatever concerns the archive and not the file. Source: PS3.18 §10.5.
 */
export async function postFile(place: StowPlace, file: StowFile): Promise<Result<boolean>> {
  const boundary = `corridor-${randomUUID()}`;
  const type = `multipart/related; type="application/dicom"; boundary=${boundary}`;
  const answer = await ask(place, {
    path: "studies",
    timeoutMs: limits.stowAnswerMs + (file.sizeBytes ?? 0) / limits.stowBytesAMs,
    body: { type, pieces: parts(file, boundary) },
  });
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  if (status === 200 || status === 202) return ok(saysStored(text));
  return isAboutFile.has(status) ? ok(false) : failed(refused(place, status));
}

/** Whether it answers a search. Problems: as above. */
export async function echoStow(place: StowPlace): Promise<Result<void>> {
  const answer = await ask(place, { path: "studies?limit=1", timeoutMs: limits.stowAnswerMs });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  return status >= 200 && status < 300 ? ok(undefined) : failed(refused(place, status));
}

const [referencedSequence, failedSequence] = ["00081199", "00081198"] as const;

/** Some answer 200 and have taken nothing: only what is named as stored is. Source: PS3.18 Table 10.5.3-2. */
function saysStored(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    const first: unknown = Array.isArray(answer) ? answer[0] : answer;
    return itemsOf(first, referencedSequence) > 0 && itemsOf(first, failedSequence) === 0;
  } catch {
    return false;
  }
}

function itemsOf(answer: unknown, key: string): number {
  const { Value } = ((answer ?? {}) as Readonly<Record<string, { readonly Value?: unknown }>>)[key] ?? {};
  return Array.isArray(Value) ? Value.length : 0;
}

/** What an archive answers to a file that it does not want, while it takes others. Source: PS3.18 Table 10.5.3-1. */
const isAboutFile: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);

interface Reply {
  readonly status: number;
  readonly text: string;
}

interface Question {
  readonly path: string;
  readonly timeoutMs: number;
  /** Sent where there is one; nothing is asked for otherwise. */
  readonly body?: { readonly type: string; readonly pieces: AsyncIterable<Uint8Array> };
}

async function ask(place: StowPlace, { path, timeoutMs, body }: Question): Promise<Result<Reply>> {
  const { authorization } = place;
  const url = new URL(`${place.url.replace(/\/+$/, "")}/${path}`);
  if (isLinkLocal(url.hostname)) return failed(silent(place, "it is link-local: nobody is there"));
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  const headers = {
    accept: "application/dicom+json",
    ...(body === undefined ? {} : { "content-type": body.type }),
    ...(authorization === undefined ? {} : { authorization }),
  };
  const open = url.protocol === "https:" ? secureRequest : plainRequest;
  const request = open(url, { method: body === undefined ? "GET" : "POST", headers, signal, lookup: lookUpOutside });
  // What breaks once the answer is here concerns nobody.
  request.on("error", () => undefined);
  try {
    // Some answer before they have read everything: what is sent then fails, and the answer counts.
    const answered = once(request, "response") as Promise<[IncomingMessage]>;
    if (body === undefined) request.end();
    else pipeline(Readable.from(body.pieces), request).catch(() => undefined);
    const [response] = await answered;
    return ok({ status: response.statusCode ?? 0, text: await textOf(response) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return failed(silent(place, signal.aborted ? "no answer in time" : (code ?? "the connection broke")));
  } finally {
    if (!request.writableFinished) request.destroy();
  }
}

function silent({ name, url }: StowPlace, why: string) {
  return unavailable("node-web-silent", `${name} does not answer at ${url} (${why}).`);
}

const answerBytesMax = 1_000_000;

/** Throws where it is longer than any answer to one object. */
async function textOf(response: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response) {
    bytes += piece.length;
    if (bytes > answerBytesMax) throw new Error("the answer is too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

async function* parts(file: StowFile, boundary: string): AsyncGenerator<Uint8Array> {
  // The transfer syntax stands in the file. Orthanc takes no part whose type names it too.
  yield Buffer.from(`--${boundary}\r\ncontent-type: application/dicom\r\n\r\n`);
  yield* file.pieces();
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

function refused({ name, url }: StowPlace, status: number) {
  const why = status === 401 || status === 403 ? "it does not let Corridor in" : `it answered with status ${status}`;
  return unavailable("node-web-refused", `${name} at ${url} takes nothing: ${why}.`);
}
