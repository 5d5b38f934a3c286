import type { Reference } from "#standards/fhir";
import type { Origin } from "../messages/message-reader.ts";

/** What all results of one message share. */
export interface Situation {
  readonly subject: Reference;
  readonly encounter: Reference | undefined;
  readonly origin: Origin;
  /** MSH-7 as an instant. */
  readonly sentAt: string | undefined;
  /** MSH-10: identifies what has no number of its own. */
  readonly controlId: string;
}
