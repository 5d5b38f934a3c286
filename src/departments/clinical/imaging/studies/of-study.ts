import type { AttributeMatch } from "#imaging";

/** (0020,000D) */
const studyInstanceUid = 0x0020_000d;

/** What belongs to one of these studies. */
export function ofStudy(...studies: readonly string[]): AttributeMatch {
  return { path: [studyInstanceUid], test: { is: "one-of", values: studies } };
}
