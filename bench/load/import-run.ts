import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { BenchCorridor } from "./corridor.ts";
import { databaseSeconds, processorSeconds } from "./processor-time.ts";

const commandLine = join(import.meta.dirname, "../../src/app/cli/main.ts");

/** What an import by `corridor import` took. */
export interface Imported {
  /** From the first resource that is read to the last that is on disk. */
  readonly seconds: number;
  /** How much was written when. */
  readonly marks: readonly Mark[];
  readonly programSeconds: number;
  readonly databaseSeconds: number;
}

interface Mark {
  readonly seconds: number;
  readonly written: number;
}

/** Imports files beside a working Corridor. */
export async function importBeside(corridor: BenchCorridor, paths: readonly string[]): Promise<Imported> {
  const before = databaseSeconds(corridor.folder) ?? 0;
  const child = spawn(process.execPath, [commandLine, "import", "--json", ...paths], {
    env: corridor.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const marks: Mark[] = [];
  let startedMs = performance.now();
  for await (const line of createInterface(child.stdout)) {
    const told = JSON.parse(line) as { readonly event: string; readonly written: number; readonly unchanged: number };
    if (told.event === "problem") throw new Error(line);
    if (marks.length === 0) startedMs = performance.now();
    const seconds = (performance.now() - startedMs) / 1000;
    marks.push({ seconds, written: told.written + told.unchanged });
    if (told.event !== "end") continue;
    const programSeconds = processorSeconds(child.pid ?? 0) ?? Number.NaN;
    return { seconds, marks, programSeconds, databaseSeconds: (databaseSeconds(corridor.folder) ?? 0) - before };
  }
  throw new Error("The import ended without saying so.");
}

/** Resources a second between two shares of the whole; between marks it is taken to have gone evenly. */
export function rateBetween({ marks }: Imported, from: number, to: number): number {
  const total = marks.at(-1)?.written ?? 0;
  return ((to - from) * total) / (secondsAt(marks, to * total) - secondsAt(marks, from * total));
}

function secondsAt(marks: readonly Mark[], written: number): number {
  const index = marks.findIndex((mark) => mark.written >= written);
  const after = marks[index] ?? { seconds: 0, written: 0 };
  const before = marks[index - 1] ?? { seconds: 0, written: 0 };
  if (after.written === before.written) return after.seconds;
  const share = (written - before.written) / (after.written - before.written);
  return before.seconds + share * (after.seconds - before.seconds);
}
