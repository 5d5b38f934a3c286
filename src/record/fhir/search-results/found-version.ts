import type { Problem } from "#kernel";
import { type Key, keyText, type Version } from "../../documents/document.ts";
import type { Page } from "../../documents/query.ts";

/** What a search found: a document, or a resource inside one, then with the key of that. */
export type FoundVersion = Version & { readonly within?: Key };

/** What one page of a search is answered with. */
export interface Found {
  readonly matches: FoundPage;
  readonly included: readonly Version[];
  /** Of all pages, where it is asked for or known anyway. */
  readonly total: number | undefined;
  /** What was left out, and why. */
  readonly problems: readonly Problem[];
}

export interface FoundPage extends Page {
  readonly versions: readonly FoundVersion[];
}

/** Below the address of the server: `Medication/1`, or `MedicationRequest/23#m1` of what is contained. */
export function placeOf(version: FoundVersion): string {
  return version.within === undefined ? keyText(version) : `${keyText(version.within)}#${version.id}`;
}
