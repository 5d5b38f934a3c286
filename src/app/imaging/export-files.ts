import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ExportContent, ImageExportView } from "#departments/clinical";
import { failed, notFound, ok, type Result } from "#kernel";

/** What is kept of an export: whose it is, and what it came to. */
export interface KeptExport {
  /** `User/…` */
  readonly owner: string;
  readonly view: Omit<ImageExportView, "isOwn">;
}

/** A folder for each export: what it is, and its file. For their owner alone. */
export interface ExportFiles {
  /** Those of earlier processes. */
  all(): Promise<readonly KeptExport[]>;
  keep(job: KeptExport): Promise<void>;
  pathOf(id: string): string;
  sizeOf(id: string): Promise<number>;
  read(id: string): Promise<Result<ExportContent>>;
  remove(id: string): Promise<void>;
}

const keptSchema = z.object({
  owner: z.string(),
  view: z.looseObject({
    id: z.string(),
    state: z.string(),
    by: z.string().default(""),
    what: z.string().default(""),
  }),
});
const [aboutName, fileName] = ["export.json", "images.zip"];

export async function openExportFiles(folder: string): Promise<ExportFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => join(folder, id, fileName);
  return {
    async all() {
      const names = await readdir(folder);
      const kept = await Promise.all(names.map((name) => readKept(join(folder, name, aboutName))));
      return kept.filter((job) => job !== undefined);
    },
    async keep(job) {
      const own = join(folder, job.view.id);
      await mkdir(own, { recursive: true, mode: 0o700 });
      const aside = join(own, `${aboutName}.unfinished`);
      await writeFile(aside, JSON.stringify(job), { mode: 0o600, flush: true });
      await rename(aside, join(own, aboutName));
    },
    pathOf,
    sizeOf: async (id) => (await stat(pathOf(id))).size,
    async read(id) {
      const file = await open(pathOf(id), "r").catch(() => undefined);
      if (file === undefined) return failed(notFound("not-found", "This file is no longer there."));
      const { size } = await file.stat();
      return ok({ sizeBytes: size, pieces: file.createReadStream() });
    },
    remove: (id) => rm(join(folder, id), { recursive: true, force: true }),
  };
}

/** Undefined for what is no export of ours, or is broken. */
async function readKept(path: string): Promise<KeptExport | undefined> {
  const json: unknown = await readFile(path, "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  const read = keptSchema.safeParse(json);
  return read.success ? (read.data as unknown as KeptExport) : undefined;
}
