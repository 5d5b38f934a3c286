import { type Fields, segment } from "./segment.ts";

export interface Header {
  /** MSH-10. */
  readonly controlId?: string;
  /** MSH-7: `20261123093000+0000`. */
  readonly sentAt?: string;
  /** MSH-12. */
  readonly version?: string;
  /** MSH-3. */
  readonly application?: string;
  /** MSH-4. */
  readonly facility?: string;
  /** MSH-18. */
  readonly charset?: string;
  readonly msh?: Fields;
}

/** MSH of a message from the laboratory's system to Corridor. */
export function anMsh(type: string, header: Header): string {
  const { controlId = "M-0001", sentAt = "20261123093000+0000", version = "2.4", charset } = header;
  return segment("MSH", {
    2: "^~\\&",
    3: header.application ?? "PATHLAB",
    4: header.facility ?? "MEADOWLAB",
    5: "CORRIDOR",
    6: "MEADOW",
    7: sentAt,
    9: type,
    10: controlId,
    11: "P",
    12: version,
    ...(charset === undefined ? {} : { 18: charset }),
    ...header.msh,
  });
}
