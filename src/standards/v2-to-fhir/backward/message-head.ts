import { timestampText } from "./primitive-text.ts";
import { newSegment, type SegmentDraft, segmentText, setText } from "./segment-draft.ts";

/** Messages that can be written. */
export const writtenTypes = ["ORM^O01", "OML^O21", "ORU^R01"] as const;
export type WrittenType = (typeof writtenTypes)[number];

export const writtenVersions = ["2.4", "2.5.1"] as const;
export type WrittenVersion = (typeof writtenVersions)[number];

/** MSH, which no row makes of resources. */
export interface MessageHead {
  /** MSH-10, at most 20 characters for v2.4. */
  readonly controlId: string;
  /** MSH-7: an instant. */
  readonly at: string;
  readonly version: WrittenVersion;
  readonly sendingApplication: string;
  readonly sendingFacility?: string | undefined;
  readonly receivingApplication?: string | undefined;
  readonly receivingFacility?: string | undefined;
  /** MSH-11: `P`, `T` or `D`. */
  readonly processing: "P" | "T" | "D";
}

/** Always in UTF-8, and says so. Source: HL7 v2.5.1 §2.15.9. */
export function headerSegment(type: WrittenType, head: MessageHead): SegmentDraft {
  const msh = newSegment("MSH");
  const [code = "", trigger = ""] = type.split("^");
  setText(msh, { field: 3 }, head.sendingApplication);
  setText(msh, { field: 4 }, head.sendingFacility);
  setText(msh, { field: 5 }, head.receivingApplication);
  setText(msh, { field: 6 }, head.receivingFacility);
  setText(msh, { field: 7 }, timestampText(head.at));
  setText(msh, { field: 9, component: 1 }, code);
  setText(msh, { field: 9, component: 2 }, trigger);
  if (head.version !== "2.4") setText(msh, { field: 9, component: 3 }, `${code}_${trigger}`);
  setText(msh, { field: 10 }, head.controlId);
  setText(msh, { field: 11 }, head.processing);
  setText(msh, { field: 12 }, head.version);
  setText(msh, { field: 18 }, "UNICODE UTF-8");
  return msh;
}

/**
 * A header without a type, and a note: kept in place of what cannot be written. Whoever takes it refuses it, so that it goes
 * nowhere even when somebody sends it once more.
 */
export function headerMessage(type: WrittenType, head: MessageHead, note: string): string {
  const nte = newSegment("NTE");
  setText(nte, { field: 1 }, "1");
  setText(nte, { field: 3 }, note);
  const msh = headerSegment(type, head);
  msh.fields.delete(9);
  return [msh, nte].map((segment) => `${segmentText(segment)}\r`).join("");
}
