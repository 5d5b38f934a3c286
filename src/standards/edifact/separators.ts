import { incorrect, type Problem } from "#kernel";

/** The characters that divide an interchange into values. Source: ISO 9735 §7 (service string advice, UNA). */
export interface Separators {
  readonly component: string;
  readonly element: string;
  /** The decimal mark of numbers: `.` or `,`. */
  readonly decimal: string;
  /** Takes the meaning from the character behind it; empty where the sender has none. */
  readonly release: string;
  readonly terminator: string;
}

export const usualSeparators: Separators = {
  component: ":",
  element: "+",
  decimal: ".",
  release: "?",
  terminator: "'",
};

export interface DeclaredSeparators {
  readonly separators: Separators;
  /** Where the first segment behind UNA starts. */
  readonly start: number;
  /** `separators-invalid` at UNA; the usual ones are then used. */
  readonly problems: readonly Problem[];
}

const unaLength = 9;

/** Reads UNA where there is one; without it the usual separators count. */
export function readSeparators(text: string): DeclaredSeparators {
  if (!text.startsWith("UNA")) return { separators: usualSeparators, start: 0, problems: [] };
  const [component = "", element = "", decimal = "", release = "", , terminator = ""] = text.slice(3, unaLength);
  const separators = { component, element, decimal, release: release.trim(), terminator };
  const dividing = [component, element, terminator, ...(separators.release === "" ? [] : [separators.release])];
  const isSound =
    new Set(dividing).size === dividing.length && dividing.every((character) => /^[^A-Za-z0-9\s]$/.test(character));
  if (isSound && (decimal === "." || decimal === ",")) return { separators, start: unaLength, problems: [] };
  const message = "UNA does not give five different separators and a decimal mark.";
  return {
    separators: usualSeparators,
    start: unaLength,
    problems: [incorrect("separators-invalid", message, { where: "UNA" })],
  };
}
