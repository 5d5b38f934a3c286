import { z } from "zod";

/** Query of every list that is read page by page. */
export const pageQuery = z.object({
  /** The `next` of the page before. */
  cursor: z.string().max(2000).optional(),
  /** Rows on a page; each list has its own default. */
  count: z.coerce.number().int().min(1).max(100).optional(),
});

/** A FHIR date or dateTime as recorded: `2026`, `2026-11-23`, `2026-11-23T09:30:00+00:00`. */
export type FhirTime = string;

/** An instant: `2026-11-23T09:30:00.000Z`. */
export type IsoInstant = string;

/** A code with its words. `text` is always fit to be shown. */
export interface CodedText {
  readonly text: string;
  readonly code?: string;
  readonly system?: string;
}

/** Something else in the record, with words to show for it. */
export interface Named {
  readonly text: string;
  /** `Practitioner/7c…`; absent when only the words were sent. */
  readonly reference?: string;
}
