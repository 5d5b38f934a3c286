import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { conflict, failed, ok, type Result } from "#kernel";
import { processStart } from "./process.ts";

export interface FolderLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

/** Takes the folder for this process. `data-folder-in-use` names the process that has it. */
export async function lockFolder(folder: string): Promise<Result<FolderLock>> {
  const path = join(folder, "corridor.lock");
  const mine = JSON.stringify({ pid: process.pid, startedAt: await processStart(process.pid) });
  for (;;) {
    if (await place(path, mine)) return ok({ release: () => rm(path, { force: true }) });
    const holder = await liveHolder(path);
    if (holder !== undefined) return failed(inUse(folder, holder));
    await clear(path);
  }
}

/** The lock appears under its name whole or not at all, and only one of two processes can place it. */
async function place(path: string, content: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, content);
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** Takes away a lock whose process has ended, unless another process has just replaced it by its own. */
async function clear(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await liveHolder(aside)) !== undefined) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

async function liveHolder(path: string): Promise<Holder | undefined> {
  const holder = await readFile(path, "utf8")
    .then((text) => JSON.parse(text) as Holder)
    .catch(() => undefined);
  if (holder === undefined) return undefined;
  return (await processStart(holder.pid)) === holder.startedAt ? holder : undefined;
}

function inUse(folder: string, holder: Holder) {
  return conflict(
    "data-folder-in-use",
    `The data folder ${folder} is in use by another Corridor (process ${holder.pid}): stop that one, or give this one a folder of its own with CORRIDOR_DATA.`,
  );
}
