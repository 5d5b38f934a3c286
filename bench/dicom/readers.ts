import type { ImageServer } from "./servers.ts";

export interface Asked {
  readonly path: string;
  readonly accept: string;
}

export interface Answered {
  readonly p50Ms: number;
  readonly bytes: number;
  readonly seconds: number;
}

/** As often before anything is timed: servers run for months, and nobody minds how the first answers were compiled. */
const warmUps = 100;

/** Asks the same again and again, one after the other, on a connection that is kept. */
export async function ask(server: ImageServer, asked: readonly Asked[], times: number): Promise<Answered> {
  await askOnce(server, asked, Math.min(warmUps, times));
  return askOnce(server, asked, times);
}

/** The same of a server that was never asked. */
export async function askOnce({ web }: ImageServer, asked: readonly Asked[], times: number): Promise<Answered> {
  if (web === undefined) throw new Error("it has no door over the web");
  const tookMs: number[] = [];
  let bytes = 0;
  const began = performance.now();
  for (let turn = 0; turn < times; turn += 1) {
    const { path, accept } = asked[turn % asked.length] as Asked;
    const started = performance.now();
    // What the client would spend on unpacking is not the server's.
    const headers = { ...web.headers, accept, "accept-encoding": "identity" };
    const answer = await fetch(`${web.root}${path}`, { headers });
    bytes += (await answer.arrayBuffer()).byteLength;
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    tookMs.push(performance.now() - started);
  }
  const seconds = (performance.now() - began) / 1000;
  tookMs.sort((a, b) => a - b);
  return { p50Ms: tookMs[Math.floor(tookMs.length / 2)] ?? 0, bytes, seconds };
}

/** What a search found, as DICOM JSON. */
export async function found(
  { web }: ImageServer,
  path: string,
): Promise<readonly Readonly<Record<string, { readonly Value?: readonly unknown[] }>>[]> {
  if (web === undefined) return [];
  const answer = await fetch(`${web.root}${path}`, { headers: { ...web.headers, accept: "application/dicom+json" } });
  return (await answer.json()) as never;
}
