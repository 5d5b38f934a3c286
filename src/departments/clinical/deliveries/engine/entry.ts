import { type Position, parseBody, type Version } from "#record";
import type { Delivery } from "../delivery.ts";

/** A delivery in memory: what is needed to send it, and to write what became of it. */
export interface Entry {
  readonly id: string;
  readonly version: number;
  readonly position: Position;
  readonly delivery: Delivery;
}

export function entryOf(version: Version): Entry {
  // The record's own members are set anew with each version.
  const { resourceType: _type, id: _id, meta: _meta, ...delivery } = parseBody<Delivery & OwnMembers>(version);
  return { id: version.id, version: version.version, position: version.position, delivery };
}

type OwnMembers = { readonly resourceType?: unknown; readonly id?: unknown; readonly meta?: unknown };
