import type { Me } from "#access/api";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly me: Me | undefined;
  /** Whether the result that comes in while a chart is open has come. */
  readonly arrived: boolean;
}

export interface Recorded {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly contentType?: string;
  readonly signedIn?: Me;
  readonly signedOut?: boolean;
}

export type Replier = (asked: Asked, parts: readonly string[]) => Recorded | Promise<Recorded>;

export type Row = readonly [method: string, path: RegExp, reply: Replier];

export function json(value: unknown): Recorded {
  return value === undefined ? notFound : { status: 200, body: JSON.stringify(value) };
}

export function problem(status: number, code: string, detail: string): Recorded {
  return { status, contentType: "application/problem+json", body: JSON.stringify({ status, code, detail }) };
}

export const notFound = problem(404, "not-found", "This is not in the record, or you may not see it.");
