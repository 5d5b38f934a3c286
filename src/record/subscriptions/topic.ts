import type { Action, Kind } from "../documents/document.ts";

/** Something that happens in a hospital, and that others may ask to be told of. */
export interface Topic {
  /** Its canonical address; stable. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  /** It happens when one of these does. */
  readonly triggers: readonly Trigger[];
}

/** A change of a document that makes a topic happen. */
export interface Trigger {
  readonly kind: Kind;
  readonly on: readonly Action[];
  /** A search that the document must satisfy after the change; left out: any document. */
  readonly meets?: string;
  /** Only when it did not satisfy that search before. */
  readonly isEntered?: boolean;
}
