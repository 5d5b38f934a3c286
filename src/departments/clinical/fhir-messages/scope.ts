import type { EntryAt, FhirEntry } from "./fhir-bundle.ts";

/** What all resources of one message are mapped by. */
export interface Scope {
  /** Who has sent it, as codes and numbers know them. */
  readonly sender: string;
  readonly entryAt: EntryAt;
  /** What an entry is in the record: `Patient/7c…`; undefined where it makes nothing of its own. */
  placeOf(entry: FhirEntry): string | undefined;
}
