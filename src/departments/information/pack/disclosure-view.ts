import type { DisclosureEntry, DisclosurePack } from "./disclosure.ts";
import type { DisclosureSummary } from "./sheets.ts";

/** How far a subject access request is: what was gathered, what was decided, and the pack. */
export type DisclosureView = DisclosureSummary & {
  readonly pack?: Omit<DisclosurePack, "parts">;
};

export interface SheetView {
  readonly number: number;
  /** To be named by whoever decides on it. */
  readonly version: number;
  readonly entries: readonly DisclosureEntry[];
}

/** One document as it is held, for whoever reviews it. */
export interface HeldView {
  readonly key: string;
  readonly lines: readonly string[];
  readonly body: unknown;
}
