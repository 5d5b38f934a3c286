import { incorrect, limits, okUnless, type Problem, type Result } from "#kernel";
import type { Release } from "./release.ts";

/** That each code is there once and every parent is there. Problems: incorrect `code-twice`, `parent-unknown`, `release-empty`. */
export function checkRelease(release: Release): Result<Release> {
  const codes = new Set<string>();
  const problems: Problem[] = [];
  const note = (problem: Problem) => {
    if (problems.length < limits.releaseProblemsMax) problems.push(problem);
  };
  for (const { code } of release.concepts) {
    if (codes.has(code)) note(incorrect("code-twice", `The code ${code} is there twice.`, { where: code }));
    codes.add(code);
  }
  for (const { code, parents } of release.concepts) {
    for (const parent of parents) {
      if (codes.has(parent)) continue;
      note(incorrect("parent-unknown", `The code ${code} is under ${parent}, which is not there.`, { where: code }));
    }
  }
  if (codes.size === 0) note(incorrect("release-empty", "There is no concept in it."));
  return okUnless(problems, release);
}
