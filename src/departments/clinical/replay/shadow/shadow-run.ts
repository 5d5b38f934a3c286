import type { BlobHash } from "#record";
import type { MessageChoice, Person, ShadowState } from "../../api/replays.ts";

export const shadowRunKind = "ShadowRun";

/** A configuration tried on messages that came before, with nothing written but this: the body of a `ShadowRun`. */
export type ShadowRun = {
  readonly state: ShadowState;
  /** A deployed version, or files as a JSON list. */
  readonly configuration: { readonly version: number } | { readonly files: BlobHash };
  readonly against: "deployed" | "recorded";
  /** The version that ran when it was asked for; 0: none was ever deployed. */
  readonly deployedVersion: number;
  readonly choice: MessageChoice;
  readonly askedBy: Person;
  readonly askedAt: string;
  readonly total?: number;
  readonly done: number;
  readonly endedAt?: string;
  /** A `DifferenceReport` as JSON. */
  readonly report?: BlobHash;
  readonly problem?: { readonly code: string; readonly message: string };
};
