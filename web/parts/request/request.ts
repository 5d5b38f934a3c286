import { problemFromReply, RequestFailed, unreachable } from "./request-failed.ts";

/** The JSON at a path of this address. Throws `RequestFailed`, which React Query keeps for the page to show. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const reply = await send(path, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });
  return (await reply.json()) as T;
}

/** FHIR resources are asked for by their own media type. */
export async function getFhir<T>(path: string, signal?: AbortSignal): Promise<T> {
  const reply = await send(path, { headers: { accept: "application/fhir+json" }, ...(signal ? { signal } : {}) });
  return (await reply.json()) as T;
}

/** Sends JSON and gives the JSON of the answer; `undefined` when the answer has no body. */
export async function sendJson<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<T> {
  const reply = await send(path, {
    method,
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  const text = await reply.text();
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

interface SentFhir {
  /** `application/fhir+json` or `application/fhir+xml`. */
  readonly contentType: string;
  readonly body: string;
}

/** Posts a resource as it is written, and gives the JSON of the answer. */
export async function postFhir<T>(path: string, { contentType, body }: SentFhir): Promise<T> {
  const headers = { accept: "application/fhir+json", "content-type": contentType };
  const reply = await send(path, { method: "POST", headers, body });
  return (await reply.json()) as T;
}

/** Asks for something and gives the text of the answer, for a file. */
export async function getText(method: "GET" | "POST", path: string): Promise<string> {
  const reply = await send(path, { method, headers: { accept: "text/plain" } });
  return reply.text();
}

/** Sends the text of a file and gives the JSON of the answer. */
export async function sendText<T>(method: "POST", path: string, body: string): Promise<T> {
  const headers = { accept: "application/json", "content-type": "text/plain; charset=utf-8" };
  const reply = await send(path, { method, headers, body });
  return (await reply.json()) as T;
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

/** `path?a=1&b=2`, leaving out what is undefined or empty. */
export function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}
