import { incorrect, limits, okUnless, type Problem, type Result } from "#kernel";
import { checkNhsNumber } from "#standards/fhir";

/**
 * A file of NHS numbers as the national service checks them: one a line, followed by a comma and a line feed; its reply has the
 * same form. Source: NHS England, Check for National Data Opt-outs Service (MESH).
 */
export function writeDat(numbers: readonly string[]): string {
  return numbers.map((number) => `${number},\n`).join("");
}

/**
 * The NHS numbers of such a file, each once. Problems: incorrect, code `wrong-dat-line` with the place `line 3`, for what is
 * not a number with its check digit and a comma: so the one line in which the service says that something was wrong is not
 * taken for a reply in which everybody has opted out; `too-many-lines`.
 */
export function readDat(text: string): Result<readonly string[]> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  while (lines.at(-1) === "") lines.pop();
  if (lines.length > limits.optOutLinesMax) {
    return okUnless([incorrect("too-many-lines", `A file holds at most ${limits.optOutLinesMax} NHS numbers.`)], []);
  }
  const numbers = new Set<string>();
  const problems: Problem[] = [];
  for (const [index, line] of lines.entries()) {
    const read = line.endsWith(",") ? checkNhsNumber(line.slice(0, -1)) : undefined;
    if (read?.ok) numbers.add(read.value);
    else problems.push(wrongLine(index + 1));
    if (problems.length >= problemsMax) break;
  }
  return okUnless(problems, [...numbers]);
}

const problemsMax = 10;

function wrongLine(line: number): Problem {
  const message = "Each line must be an NHS number with a comma behind it.";
  return incorrect("wrong-dat-line", message, { where: `line ${line}` });
}
