import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { conflict, failed, ok, type Result, unavailable } from "#kernel";

/** Raised when what lies in the data folder is no longer what the program before would understand. */
export const dataFormat = 1;

const markerName = "corridor.json";
const markerSchema = z.object({ format: z.int().min(1), restoring: z.literal(true).optional() });

type Marker = z.infer<typeof markerSchema>;

/**
 * Makes the data folder, or checks that it can be written to and that this program understands what is in it.
 * Problems: `data-folder-unusable`, `data-folder-newer`, `data-folder-unknown`, `restore-unfinished`.
 */
export async function openDataFolder(folder: string): Promise<Result<void>> {
  return marked(folder, { format: dataFormat });
}

/** Marks an empty data folder as being restored into: until `finishRestoring`, nothing else opens it. */
export async function startRestoring(folder: string): Promise<Result<void>> {
  return marked(folder, { format: dataFormat, restoring: true });
}

export async function finishRestoring(folder: string): Promise<void> {
  await writeMarker(folder, { format: dataFormat });
}

/** Written at every start, which also shows that the folder can be written to. */
async function marked(folder: string, marker: Marker): Promise<Result<void>> {
  try {
    await mkdir(folder, { recursive: true });
    const text = await readFile(join(folder, markerName), "utf8").catch(absentOnly);
    if (text !== undefined) {
      const understood = understand(folder, text);
      if (!understood.ok) return understood;
    }
    await writeMarker(folder, marker);
    return ok(undefined);
  } catch (error) {
    return failed(unusable(folder, error as NodeJS.ErrnoException));
  }
}

function understand(folder: string, text: string): Result<void> {
  const marker = markerSchema.safeParse(parsed(text));
  if (!marker.success) return failed(unknown(folder));
  if (marker.data.format > dataFormat) return failed(newer(folder, marker.data.format));
  return marker.data.restoring === true ? failed(unfinished(folder)) : ok(undefined);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function writeMarker(folder: string, marker: Marker): Promise<void> {
  const aside = join(folder, `${markerName}.${randomUUID()}`);
  try {
    await writeFile(aside, `${JSON.stringify(marker)}\n`);
    await rename(aside, join(folder, markerName));
  } finally {
    await rm(aside, { force: true });
  }
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

function unusable(folder: string, error: NodeJS.ErrnoException) {
  const reason = {
    EACCES: "no permission",
    EROFS: "read-only",
    ENOTDIR: "not a folder",
    EEXIST: "not a folder",
    ENOSPC: "disk full",
  }[error.code ?? ""];
  return unavailable(
    "data-folder-unusable",
    `The data folder ${folder} cannot be written to (${reason ?? error.code ?? error.message}): choose another with CORRIDOR_DATA, or mend it.`,
    { cause: error },
  );
}

function newer(folder: string, format: number) {
  return conflict(
    "data-folder-newer",
    `The data folder ${folder} is of a newer Corridor (format ${format}, this one knows ${dataFormat}): start the newer Corridor, or restore a backup made by this one into an empty folder.`,
  );
}

function unknown(folder: string) {
  return conflict(
    "data-folder-unknown",
    `The file ${join(folder, markerName)} is not what Corridor writes: choose an empty folder with CORRIDOR_DATA, or restore a backup.`,
  );
}

function unfinished(folder: string) {
  return conflict(
    "restore-unfinished",
    `A restore into ${folder} did not finish: empty the folder (and the database of DATABASE_URL), then restore again.`,
  );
}
