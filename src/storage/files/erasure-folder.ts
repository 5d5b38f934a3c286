import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Instant, isJsonObject, type Json } from "#kernel";
import type { ErasurePlan, Key } from "#record";

/** What was erased, a file a decision, where no backup of the record reaches. */
export interface ErasureFolder {
  /** Durable when it resolves. */
  append(plan: ErasurePlan): Promise<void>;
  decisions(): Promise<readonly string[]>;
  /** What was written of a decision; a line that a killed process left torn is left out, as nothing had gone by then. */
  read(decision: string): Promise<readonly ErasurePlan[]>;
}

const ending = ".ndjson";

/** `Disposal/d-7c…` stands in `Disposal~d-7c….ndjson`, a line for each part of the plan. Throws what the file system throws. */
export async function openErasureFolder(folder: string): Promise<ErasureFolder> {
  await mkdir(folder, { recursive: true });
  const pathOf = (decision: string) => join(folder, `${decision.replace("/", "~")}${ending}`);
  return {
    append: async ({ decision, ...plan }) => {
      const { at, documents, studies } = plan;
      const line = { at, documents: documents.map(({ kind, id }) => `${kind}/${id}`), studies };
      await appendDurably(pathOf(decision), Buffer.from(`${JSON.stringify(line)}\n`));
      await syncFolder(folder);
    },
    decisions: async () => {
      const names = await readdir(folder);
      return names
        .filter((name) => name.endsWith(ending))
        .map((name) => name.slice(0, -ending.length).replace("~", "/"))
        .sort();
    },
    read: async (decision) => {
      const text = await readFile(pathOf(decision), "utf8").catch(absentOnly);
      return (text ?? "").split("\n").flatMap((line) => planOf(decision, line));
    },
  };
}

function planOf(decision: string, line: string): readonly ErasurePlan[] {
  const read = parsed(line);
  if (!isJsonObject(read)) return [];
  const { at, documents, studies } = read;
  return [{ decision, at: Number(at) as Instant, documents: textsOf(documents).map(keyOf), studies: textsOf(studies) }];
}

function parsed(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return null;
  }
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function keyOf(name: string): Key {
  const slash = name.indexOf("/");
  return { kind: name.slice(0, slash), id: name.slice(slash + 1) };
}

async function appendDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "a", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
