import type { Reference } from "#standards/fhir";
import type { Origin } from "../messages/message-reader.ts";
import type { RecordedSpecimens } from "./report-place.ts";

/** What all results of one message share. */
export interface Situation {
  readonly subject: Reference;
  readonly encounter: Reference | undefined;
  readonly origin: Origin;
  /** MSH-7 as an instant. */
  readonly sentAt: string | undefined;
  /** MSH-10: identifies what has no number of its own. */
  readonly controlId: string;
  /** Of reports of the record that this message has others of, by specimen; absent where it has none. */
  readonly recordedSpecimens?: RecordedSpecimens | undefined;
}
