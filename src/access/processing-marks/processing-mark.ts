/** The codes of marks that stand on patients' records, in `Flag.code` and as its tag, as long as they hold. */
export const markSystem = "urn:corridor:processing-mark";

/** Source: UK GDPR articles 18 and 21. */
const processingMarks = ["restriction", "objection"] as const;

export type ProcessingMark = (typeof processingMarks)[number];
