import type { Kind } from "#record";
import type { RoleName } from "../roles/index.ts";

/**
 * What can be done with documents of a kind. `read` is of one document and its versions, `search` finds documents
 * by what is in them, `history` lists the versions of a whole kind; `update` may create under a given id.
 * Source: SMART App Launch 2.2 §3.0.2.6 (FHIR resource scopes), which draws the lines in the same places.
 */
export const recordActions = ["read", "search", "history", "create", "update", "delete"] as const;

export type RecordAction = (typeof recordActions)[number];

/** Who a rule may name: a role, any link (`linkActor`), or any worker of the feed (`workerActor`). */
export type Grantee = RoleName | "link" | "worker";

/** Who may do what with a family of kinds. Whoever is not named may not; a kind in no policy is closed to all. */
export interface Policy {
  readonly name: string;
  readonly title: string;
  /** FHIR R4 resource types, or the departments' own kinds. */
  readonly layer: "fhir" | "corridor";
  readonly kinds: readonly Kind[];
  readonly allow: Readonly<Record<RecordAction, readonly Grantee[]>>;
}

interface ReadersAndWriters {
  readonly readers: readonly Grantee[];
  readonly writers: readonly Grantee[];
  /** Left out: nobody. */
  readonly deleters?: readonly Grantee[];
}

/** The usual rule: who reads a document also finds it and lists its kind, who creates one also changes it. */
export function granted({ readers, writers, deleters = [] }: ReadersAndWriters): Policy["allow"] {
  return { read: readers, search: readers, history: readers, create: writers, update: writers, delete: deleters };
}
