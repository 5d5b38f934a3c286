import type { Instant } from "#kernel";

/** The name of a kind of document: a FHIR resource type, or a department's own kind such as `LinkMessage`. */
export type Kind = string;

export interface Key {
  readonly kind: Kind;
  readonly id: string;
}

/**
 * Place of a change in the one feed: 1, 2, 3 … without gaps, in the order of commits.
 * A double holds it exactly up to 2^53.
 */
export type Position = number;

export type Action = "create" | "update" | "delete";

/** One version of one document, as it stays for ever, unless two people decide that it is erased. */
export interface Version extends Key {
  /** 1 for the first, then one more for each change, deletion included. Served as `meta.versionId`. */
  readonly version: number;
  readonly position: Position;
  /** When it was committed; never earlier than the change before it. Served as `meta.lastUpdated`. */
  readonly at: Instant;
  readonly action: Action;
  /** The JSON text exactly as it is served; empty for a deletion. */
  readonly body: string;
  /** It was erased: its place and number are left, and it is told as a deletion, whatever it was. */
  readonly isErased?: true;
}

export function keyText(key: Key): string {
  return `${key.kind}/${key.id}`;
}

/** Names what is asked by several index keys of one kind. */
export function matchText({ kind, keys }: { readonly kind: Kind; readonly keys: readonly string[] }): string {
  return [kind, ...keys].join("\n");
}

/** The body as an object. A deletion has no body: asking for it is a bug. */
export function parseBody<T>(version: Version): T {
  return JSON.parse(version.body) as T;
}
