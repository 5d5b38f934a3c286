import type { JsonObject } from "#kernel";
import type { Key, Kind, Position, Version } from "./document.ts";
import type { Query } from "./query.ts";

/**
 * A write, as data. `body` is the whole document without `id`, `meta.versionId` and `meta.lastUpdated`,
 * which the record sets; `resourceType`, where present, must equal `kind`.
 */
export type Operation = Create | Update | Delete;

export interface Create {
  readonly action: "create";
  readonly kind: Kind;
  /** Left out: the record gives one. Given and taken: conflict `already-exists`. */
  readonly id?: string;
  readonly body: JsonObject;
  /** With a match in the record, the create has no effect, or fails, as `onMatch` says. */
  readonly ifNoneExist?: Match;
  /** The same for a search that was done before, and found nothing: with a match by now, the create fails. */
  readonly ifNoneFound?: Unmatched;
}

export interface Update extends Key {
  readonly action: "update";
  /** Creates the document where it does not exist. Equal to what is there: no new version is made. */
  readonly body: JsonObject;
  /** The version the writer saw, 0 for "does not exist"; another one: conflict `version-conflict`. */
  readonly ifMatch?: number;
}

export interface Delete extends Key {
  readonly action: "delete";
  readonly ifMatch?: number;
}

/** Documents of the operation's kind that carry every one of these index keys (see `IndexEntries`). */
export interface Match {
  readonly keys: readonly string[];
  /** `use`: the outcome is the document that matched. `fail`: conflict `already-exists`. */
  readonly onMatch: "use" | "fail";
}

/** A search, and the position that the record had before it found nothing. A match by now: conflict `already-exists`. */
export interface Unmatched {
  readonly query: Query;
  readonly after: Position;
}

/** What became of one operation. */
export interface Outcome {
  /** `none`: nothing was written, because the same was already there. */
  readonly effect: "created" | "updated" | "deleted" | "none";
  readonly version: Version;
}
