import { limits } from "#kernel";

export interface FetchBounds {
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
}

/** As `fetch`, with an end to its patience and to what it reads, and without following redirects. */
export async function boundedFetch(address: string, options: RequestInit, bounds: FetchBounds): Promise<Response> {
  const patience = AbortSignal.timeout(bounds.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
  const response = await fetch(address, { ...options, redirect: "manual", signal });
  const { status, statusText, headers } = response;
  const body = await readWithin(response, bounds.answerBytesMax);
  return new Response(status === 204 || status === 304 ? null : body, { status, statusText, headers });
}

async function readWithin({ body }: Response, bytesMax: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // A pass over the stream that ends early closes the connection.
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new TypeError("fetch failed", { cause: new Error("the answer is too long") });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Asks the hospital's own provider of sign-ins. */
export function outsideFetch(address: string, options: object): Promise<Response> {
  const { outsideAnswerMs: timeoutMs, outsideAnswerBytesMax: answerBytesMax } = limits;
  return boundedFetch(address, options as RequestInit, { timeoutMs, answerBytesMax });
}
