import { incorrect, limits, type Problem } from "#kernel";

/** Where a check stands in the resource, and what it has found so far. */
export interface Walk {
  /** Element names and array positions from the root: `["Patient", "contact", 0, "gender"]`. */
  readonly path: (string | number)[];
  readonly problems: Problem[];
}

/** One check of one value that stands at the walk's path. */
export type Check = (value: unknown, walk: Walk) => void;

export function report(walk: Walk, code: string, message: string): void {
  if (isFull(walk)) return;
  walk.problems.push(incorrect(code, message, { where: pathText(walk.path) }));
}

/** As `report`, for an element one step below. */
export function reportUnder(
  walk: Walk,
  name: string,
  problem: { readonly code: string; readonly message: string },
): void {
  walk.path.push(name);
  report(walk, problem.code, problem.message);
  walk.path.pop();
}

export function isFull(walk: Walk): boolean {
  return walk.problems.length >= limits.resourceProblemsMax;
}

/** `Patient.contact[0].gender`. */
function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
