import { limits, type Problem, unsupported } from "#kernel";
import { pathText } from "./reading.ts";

/** XML that is being written, and what could not be. */
export interface Writing {
  out: string;
  /** Spaces a level; 0 to write everything in one line. */
  readonly indent: number;
  depth: number;
  readonly path: (string | number)[];
  readonly problems: Problem[];
}

export function cannotWrite(writing: Writing, code: string, message: string): void {
  if (writing.problems.length >= limits.resourceProblemsMax) return;
  writing.problems.push(unsupported(code, message, { where: pathText(writing.path) }));
}
