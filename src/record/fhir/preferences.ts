/** What a caller prefers, where Corridor has the choice. Source: FHIR R4 §3.1.0.5.2 (return), §3.1.1.3.2 (handling), §3.1.0.14 (respond-async); RFC 7240. */
export interface Preferences {
  /** What a write answers with; undefined where nothing is said. */
  readonly answer: "minimal" | "representation" | "OperationOutcome" | undefined;
  readonly isLenient: boolean;
  /** The answer may come later, at an address of its own. */
  readonly isAsync: boolean;
}

const none: Preferences = { answer: undefined, isLenient: false, isAsync: false };
const answers = ["minimal", "representation", "OperationOutcome"] as const;

/** Preferences that are not known are passed over, as RFC 7240 §2 asks. */
export function readPreferences(header: string | undefined): Preferences {
  if (header === undefined) return none;
  const pairs = header.split(/[,;]/).map((part) => part.trim().split("="));
  const wordOf = (name: string) =>
    pairs
      .find(([key]) => key?.trim().toLowerCase() === name)?.[1]
      ?.trim()
      .replaceAll('"', "");
  const wanted = wordOf("return");
  return {
    answer: answers.find((answer) => answer.toLowerCase() === wanted?.toLowerCase()),
    isLenient: wordOf("handling")?.toLowerCase() === "lenient",
    isAsync: pairs.some(([key]) => key?.trim().toLowerCase() === "respond-async"),
  };
}
