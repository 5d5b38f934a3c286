import type { z } from "zod";
import { incorrect, type Problem } from "#kernel";

/** `links/lab.json: intake.port: give a whole number from 0 to 65535.` */
export function fileProblem(path: string, inFile: string, what: string): Problem {
  const where = inFile === "" ? path : `${path}: ${inFile}`;
  return incorrect("configuration-incorrect", `${where}: ${what}.`, { where });
}

export function problemsOfFile(path: string, { issues }: z.ZodError): readonly Problem[] {
  return issues.map((issue) => fileProblem(path, placeOf(issue.path), issue.message));
}

/** `routes[1].when.types[0]` */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}
