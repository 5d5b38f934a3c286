import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { conflict, failed, instant, type Log, ok, type Problem, type Result, toIso } from "#kernel";
import { startEmbeddedPostgres } from "#storage/postgres";
import type { HospitalPlan } from "./hospital.ts";

const noteName = "demo.json";
const noteSchema = z.object({
  seed: z.int().min(0),
  patients: z.int().min(1),
  asOf: z.iso.datetime(),
  isFilled: z.boolean(),
  hasImages: z.boolean().default(false),
});

/** What the note in a demonstration's data folder says of it. */
export interface DemoNote extends HospitalPlan {
  /** Every message of the two years is in. */
  readonly isFilled: boolean;
  /** The studies of the two years are in. */
  readonly hasImages: boolean;
}

/** What was asked for on the command line; what was not, follows the note or the usual. */
export interface Asked {
  readonly seed: number | undefined;
  readonly patients: number | undefined;
  readonly isFresh: boolean;
}

export const usualSeed = 1;
export const usualPatients = 200;

export interface FolderGiven {
  readonly folder: string;
  readonly nowMs: number;
  readonly log: Log;
}

/**
 * The demonstration of a folder, as it was made, or a new one. Problems: `not-a-demonstration`, where something else is
 * in the folder; `demonstration-differs`, where another was asked for than is there; `data-folder-in-use`.
 */
export async function openDemoFolder(asked: Asked, given: FolderGiven): Promise<Result<DemoNote>> {
  const { folder, nowMs } = given;
  const found = await readNote(folder);
  if (!found.ok) return found;
  if (found.value !== undefined && !asked.isFresh) return asMade(found.value, asked, folder);
  const emptied = found.value === undefined ? ok(undefined) : await emptyFolder(given);
  if (!emptied.ok) return emptied;
  const note = {
    seed: asked.seed ?? usualSeed,
    patients: asked.patients ?? usualPatients,
    asOfMs: Math.floor(nowMs / 60_000) * 60_000,
    isFilled: false,
    hasImages: false,
  };
  return ok(note);
}

export async function writeNote(folder: string, { asOfMs, ...note }: DemoNote): Promise<void> {
  const aside = join(folder, `${noteName}.new`);
  await writeFile(aside, `${JSON.stringify({ ...note, asOf: toIso(instant(asOfMs)) })}\n`);
  await rename(aside, join(folder, noteName));
}

/** Undefined where the folder is empty or not there. */
async function readNote(folder: string): Promise<Result<DemoNote | undefined>> {
  const text = await readFile(join(folder, noteName), "utf8").catch(() => undefined);
  if (text === undefined) {
    const names = await readdir(folder).catch(() => []);
    return names.length === 0 ? ok(undefined) : failed(notADemonstration(folder));
  }
  const note = noteSchema.safeParse(parsed(text));
  if (!note.success) return failed(notADemonstration(folder));
  const { asOf, ...rest } = note.data;
  return ok({ ...rest, asOfMs: Date.parse(asOf) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asMade(note: DemoNote, { seed, patients }: Asked, folder: string): Result<DemoNote> {
  const differs = (seed ?? note.seed) !== note.seed || (patients ?? note.patients) !== note.patients;
  if (!differs) return ok(note);
  const message = `The demonstration in ${folder} was made with seed ${note.seed} and ${note.patients} patients: add --fresh to make it anew, or name another folder with CORRIDOR_DATA.`;
  return failed(conflict("demonstration-differs", message));
}

/** Only ever a demonstration, and never one that runs. */
async function emptyFolder({ folder, log }: FolderGiven): Promise<Result<void>> {
  const started = await startEmbeddedPostgres({ dataFolder: folder, log });
  if (started.ok) await started.value.stop();
  else if (started.problems[0].code === "data-folder-in-use") return started;
  await rm(folder, { recursive: true, force: true });
  return ok(undefined);
}

function notADemonstration(folder: string): Problem {
  const message = `The folder ${folder} holds something else than a demonstration: name an empty one with CORRIDOR_DATA.`;
  return conflict("not-a-demonstration", message);
}
