import type { z } from "zod";
import { incorrect, type Problem } from "#kernel";

/** `links/lab.json: intake.port: give a whole number from 0 to 65535.` */
export function fileProblem(path: string, inFile: string, what: string): Problem {
  const where = inFile === "" ? path : `${path}: ${inFile}`;
  return incorrect("configuration-incorrect", `${where}: ${what}.`, { where });
}

export function problemsOfFile(path: string, { issues }: z.ZodError): readonly Problem[] {
  return issues.flatMap(within).map((issue) => fileProblem(path, placeOf(issue.path), issue.message));
}

type Issue = z.core.$ZodIssue;

/** What is wrong inside the one way that was meant, where only one could be: more help than that none of the ways fits. */
function within(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.filter((errors) => errors.every(({ path }) => path.length > 0));
  const [only] = meant;
  if (only === undefined || only.length === 0 || meant.length > 1) return [issue];
  return only.flatMap((each) => within({ ...each, path: [...issue.path, ...each.path] }));
}

/** `routes[1].when.types[0]` */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}
