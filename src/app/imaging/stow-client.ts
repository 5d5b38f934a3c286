import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { NamedNode, OutgoingFile } from "#departments/clinical";
import { failed, limits, ok, type Result, unavailable } from "#kernel";

export interface StowNeeds {
  /** Opens what was sealed for a node; undefined where the key is another. */
  unseal(node: string, sealed: string): string | undefined;
}

/**
 * Sends one file to a node's web address. True when the node has it, false when it does not take this one. Problems: unavailable
 * `node-web-silent`, `node-web-refused` for whatever concerns the node and not the file. Source: PS3.18 §10.5.
 */
export async function postFile(needs: StowNeeds, node: NamedNode, file: OutgoingFile): Promise<Result<boolean>> {
  const boundary = `corridor-${randomUUID()}`;
  const type = `multipart/related; type="application/dicom"; boundary=${boundary}`;
  const answer = await ask(needs, node, {
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
  const { status } = answer.value;
  if (status === 200 || status === 202) return ok(true);
  return isAboutFile.has(status) ? ok(false) : failed(refused(node, status));
}

/** Whether it answers a search. Problems: as above. */
export async function echoWeb(needs: StowNeeds, node: NamedNode): Promise<Result<void>> {
  const answer = await ask(needs, node, { path: "studies?limit=1", timeoutMs: limits.stowAnswerMs, init: {} });
  if (!answer.ok) return answer;
  return answer.value.ok ? ok(undefined) : failed(refused(node, answer.value.status));
}

/** What a node answers to a file that it does not want, while it takes others. Source: PS3.18 Table 10.5.3-1. */
const isAboutFile: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);

interface Question {
  readonly path: string;
  readonly timeoutMs: number;
  readonly init: RequestInit & { readonly duplex?: "half" };
}

async function ask(needs: StowNeeds, node: NamedNode, { path, timeoutMs, init }: Question): Promise<Result<Response>> {
  const { web } = node;
  if (web === undefined) return failed(unavailable("node-not-called", "The node has no web address."));
  const headers = { accept: "application/dicom+json", ...init.headers, ...authorization(needs, node) };
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    const answer = await fetch(`${web.url.replace(/\/+$/, "")}/${path}`, {
      ...init,
      headers,
      signal,
      redirect: "error",
    } as RequestInit);
    // What it says of the object is in its status; the rest is read so that the connection can be used again.
    await answer.arrayBuffer();
    return ok(answer);
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: string } };
    const why = signal.aborted ? "no answer in time" : (cause?.code ?? "the connection broke");
    return failed(unavailable("node-web-silent", `${node.aeTitle} does not answer at ${web.url} (${why}).`));
  }
}

function authorization({ unseal }: StowNeeds, { id, web }: NamedNode): Readonly<Record<string, string>> {
  const secret = web?.sealed === undefined ? undefined : unseal(id, web.sealed);
  if (secret === undefined) return {};
  if (web?.user === undefined) return { authorization: `Bearer ${secret}` };
  return { authorization: `Basic ${Buffer.from(`${web.user}:${secret}`).toString("base64")}` };
}

async function* parts(file: OutgoingFile, boundary: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`--${boundary}\r\ncontent-type: application/dicom; transfer-syntax=${file.transferSyntax}\r\n\r\n`);
  yield* file.pieces();
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

function refused({ aeTitle, web }: NamedNode, status: number) {
  const why = status === 401 || status === 403 ? "it does not let Corridor in" : `it answered with status ${status}`;
  return unavailable("node-web-refused", `${aeTitle} at ${web?.url ?? ""} takes nothing: ${why}.`);
}
