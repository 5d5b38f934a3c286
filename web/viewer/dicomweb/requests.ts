import { problemFromReply, RequestFailed, unreachable } from "../../parts/request/request-failed.ts";
import type { JsonDataSet } from "./attributes.ts";

export const dicomweb = "/dicomweb";

/** The answer to a query or to metadata; none for an answer without content. Throws `RequestFailed`. */
export async function getDataSets(path: string, signal?: AbortSignal): Promise<DataSets> {
  // How many there are is counted where it is not known anyway; see x-total-count.
  const headers = { accept: "application/dicom+json", prefer: "count=exact" };
  const reply = await send(path, { headers, ...(signal ? { signal } : {}) });
  const dataSets = reply.status === 204 ? [] : ((await reply.json()) as readonly JsonDataSet[]);
  const total = reply.headers.get("x-total-count");
  return { dataSets, total: total === null ? undefined : Number(total) };
}

export interface DataSets {
  readonly dataSets: readonly JsonDataSet[];
  /** How many there are without a limit, where the server tells. */
  readonly total: number | undefined;
}

/** The bytes behind an address of bulk data, of which only the path is taken: they are asked for here and nowhere else. */
export async function getBulkData(uri: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const { pathname, search } = new URL(uri, window.location.href);
  const accept = 'multipart/related; type="application/octet-stream"';
  const reply = await send(`${pathname}${search}`, { headers: { accept }, ...(signal ? { signal } : {}) });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  return firstPart(bytes, reply.headers.get("content-type") ?? "");
}

/** A picture as the server draws it: its size, and four bytes a pixel. Throws `RequestFailed`. */
export async function getPicture(path: string): Promise<Picture> {
  const reply = await send(path, { headers: { accept: "image/png" } });
  const bitmap = await createImageBitmap(await reply.blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context?.getImageData(0, 0, width, height).data;
  return { width, height, pixels: pixels ?? new Uint8ClampedArray(width * height * 4) };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

interface InstanceName {
  readonly study: string;
  readonly series: string;
  readonly uid: string;
}

/** An instance as it was stored. */
export async function getInstanceFile({ study, series, uid }: InstanceName): Promise<Uint8Array<ArrayBuffer>> {
  const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
  const reply = await send(`${dicomweb}/studies/${study}/series/${series}/instances/${uid}`, { headers: { accept } });
  return firstPart(new Uint8Array(await reply.arrayBuffer()), reply.headers.get("content-type") ?? "");
}

/** A frame without compression, its lower bytes first; counted from 1. */
export async function getFrame({ study, series, uid }: InstanceName, frame: number): Promise<Uint8Array<ArrayBuffer>> {
  const accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1';
  const path = `${dicomweb}/studies/${study}/series/${series}/instances/${uid}/frames/${frame}`;
  const reply = await send(path, { headers: { accept } });
  return firstPart(new Uint8Array(await reply.arrayBuffer()), reply.headers.get("content-type") ?? "");
}

/** Stores instances, each whole as a file. Throws `RequestFailed` when one of them was refused. Source: PS3.18 §10.5. */
export async function storeInstances(studyUid: string, files: readonly Uint8Array[]): Promise<void> {
  const boundary = `corridor-${crypto.randomUUID()}`;
  const head = `\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
  const parts = files.flatMap((file) => [head, new Uint8Array(file)]);
  const reply = await send(`${dicomweb}/studies/${studyUid}`, {
    method: "POST",
    headers: {
      accept: "application/dicom+json",
      "content-type": `multipart/related; type="application/dicom"; boundary=${boundary}`,
    },
    body: new Blob([...parts, `\r\n--${boundary}--\r\n`]),
  });
  await reply.arrayBuffer();
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(path, { credentials: "same-origin", ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new RequestFailed(unreachable(), 0);
  });
  if (reply.ok) return reply;
  const body: unknown = await reply.json().catch(() => undefined);
  throw new RequestFailed(problemFromReply(reply.status, body), reply.status, body);
}

const lineEnd = [13, 10, 13, 10] as const;

/** What stands in the first part of a multipart answer; the answer itself where it has no parts. Source: RFC 2046 §5.1. */
function firstPart(bytes: Uint8Array<ArrayBuffer>, contentType: string): Uint8Array<ArrayBuffer> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!contentType.startsWith("multipart/") || boundary === undefined) return bytes;
  const start = indexOfBytes(bytes, lineEnd, 0) + lineEnd.length;
  const end = indexOfBytes(bytes, new TextEncoder().encode(`\r\n--${boundary}`), start);
  return bytes.subarray(start, end === -1 ? bytes.length : end);
}

function indexOfBytes(bytes: Uint8Array, wanted: ArrayLike<number>, from: number): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched++;
    if (matched === wanted.length) return at;
  }
  return -1;
}
