import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { failed, limits, ok, type Result, unavailable } from "#kernel";

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
    init: {
      method: "POST",
      headers: { "content-type": type },
      body: Readable.from(parts(file, boundary)),
      duplex: "half",
    },
  });
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  if (status === 200 || status === 202) return ok(saysStored(text));
  return isAboutFile.has(status) ? ok(false) : failed(refused(place, status));
}

/** Whether it answers a search. Problems: as above. */
export async function echoStow(place: StowPlace): Promise<Result<void>> {
  const answer = await ask(place, { path: "studies?limit=1", timeoutMs: limits.stowAnswerMs, init: {} });
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
  readonly init: RequestInit & { readonly duplex?: "half" };
}

async function ask(
  { url, name, authorization }: StowPlace,
  { path, timeoutMs, init }: Question,
): Promise<Result<Reply>> {
  const known = authorization === undefined ? {} : { authorization };
  const headers = { accept: "application/dicom+json", ...init.headers, ...known };
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    const answer = await fetch(`${url.replace(/\/+$/, "")}/${path}`, {
      ...init,
      headers,
      signal,
      redirect: "error",
    } as RequestInit);
    return ok({ status: answer.status, text: await textOf(answer) });
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    const why = signal.aborted ? "no answer in time" : (cause?.code ?? "the connection broke");
    return failed(unavailable("node-web-silent", `${name} does not answer at ${url} (${why}).`));
  }
}

const answerBytesMax = 1_000_000;

/** Throws where it is longer than any answer to one object. */
async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
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
