import { incorrect, limits, type Problem } from "#kernel";
import type { XmlElement } from "#standards/xml";
import { placeIn } from "#standards/xml";

/** Where a reader stands in the resource, and what it has found so far. */
export interface Reading {
  readonly text: string;
  /** Element names and positions from the root: `["Patient", "contact", 0, "gender"]`. */
  readonly path: (string | number)[];
  readonly problems: Problem[];
}

/** `message` ends without a full stop; line and column are added. */
export function report(
  reading: Reading,
  element: XmlElement,
  problem: { readonly code: string; readonly message: string },
): void {
  if (reading.problems.length >= limits.resourceProblemsMax) return;
  const message = `${problem.message}, at ${placeIn(reading.text, element.start)}.`;
  reading.problems.push(incorrect(problem.code, message, { where: pathText(reading.path) }));
}

/** `Patient.contact[0].gender`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
