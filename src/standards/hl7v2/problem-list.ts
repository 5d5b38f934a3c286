import { limits, type Problem } from "#kernel";

/** A message of a million faults has a hundred problems: enough to see what is wrong with it. */
export function addProblem(problems: Problem[], problem: Problem): void {
  if (problems.length < limits.hl7ProblemsMax) problems.push(problem);
}
