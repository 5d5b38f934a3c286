import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { type KeptCheckpoints, partNotes } from "#audit";

const hashBytes = 32;
const notesName = "checkpoints.txt";
const hashesName = "entry-hashes.sha256";

/**
 * Checkpoints of the audit log in a folder: `checkpoints.txt` has the signed notes one behind the other, an empty line after
 * each; `entry-hashes.sha256` has 32 bytes an entry, in the order of the log. Throws what the file system throws.
 */
export async function openCheckpointFolder(folder: string): Promise<KeptCheckpoints> {
  await mkdir(folder, { recursive: true });
  const [notes, hashes] = [join(folder, notesName), join(folder, hashesName)];
  await dropTorn(hashes);
  return {
    place: folder,
    append: (note) => appendDurably(notes, Buffer.from(`${note}\n`)),
    notes: async () => partNotes((await readFile(notes, "utf8").catch(absentOnly)) ?? ""),
    hashCount: async () => Math.floor((await sizeOf(hashes)) / hashBytes),
    hashes: (from, count) => readHashes(hashes, from, count),
    appendHashes: (added) => appendDurably(hashes, Buffer.concat(added)),
  };
}

async function appendDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "a", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a killed process has left of a hash is no hash. */
async function dropTorn(path: string): Promise<void> {
  const sizeBytes = await sizeOf(path);
  if (sizeBytes % hashBytes !== 0) await truncate(path, sizeBytes - (sizeBytes % hashBytes));
}

async function sizeOf(path: string): Promise<number> {
  const file = await open(path, "r").catch(absentOnly);
  if (file === undefined) return 0;
  const { size } = await file.stat();
  await file.close();
  return size;
}

async function readHashes(path: string, from: number, count: number): Promise<Uint8Array> {
  const file = await open(path, "r").catch(absentOnly);
  if (file === undefined) return new Uint8Array(0);
  try {
    const bytes = Buffer.alloc(count * hashBytes);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from * hashBytes);
    return bytes.subarray(0, bytesRead - (bytesRead % hashBytes));
  } finally {
    await file.close();
  }
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
