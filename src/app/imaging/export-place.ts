import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ExportSink, ZipSink } from "#departments/clinical";
import { conflict, failed, type Instant, ok, type Result } from "#kernel";

/** Where an export goes, for its owner alone. */
export interface ExportPlace {
  readonly sink: ExportSink;
  /** All of it is on disk. */
  finish(): Promise<void>;
  /** It came to nothing. */
  abandon(): Promise<void>;
}

/** A file where the name ends in `.zip`, else a folder, which must be new or empty. Problem: conflict `place-not-empty`. */
export async function openExportPlace(path: string, at: Instant): Promise<Result<ExportPlace>> {
  return path.toLowerCase().endsWith(".zip") ? openZip(path, at) : openFolder(path);
}

async function openFolder(folder: string): Promise<Result<ExportPlace>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) return failed(taken(folder));
  const made = new Set<string>();
  return ok({
    sink: {
      async add(name, content) {
        const path = join(folder, name);
        const parent = dirname(path);
        if (!made.has(parent)) await mkdir(parent, { recursive: true, mode: 0o700 });
        made.add(parent);
        const file = await open(path, "wx", 0o600);
        try {
          for await (const piece of content) await writeAll(file, piece);
          await file.datasync();
        } finally {
          await file.close();
        }
      },
    },
    async finish() {
      for (const parent of [...made, folder]) await syncFolder(parent);
    },
    // What was written stays to be looked at; without its DICOMDIR nobody takes it for whole.
    async abandon() {},
  });
}

/** Gets its name when it is whole. */
async function openZip(path: string, at: Instant): Promise<Result<ExportPlace>> {
  const claimed = await open(path, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return undefined;
    throw error;
  });
  if (claimed === undefined) return failed(taken(path));
  await claimed.close();
  const aside = `${path}.unfinished`;
  const file = await open(aside, "w", 0o600);
  const sink = new ZipSink((bytes) => writeAll(file, bytes), at);
  return ok({
    sink,
    async finish() {
      await sink.finish();
      await file.sync();
      await file.close();
      await rename(aside, path);
      await syncFolder(dirname(path));
    },
    async abandon() {
      await file.close();
      for (const each of [aside, path]) await rm(each, { force: true });
    },
  });
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function taken(path: string) {
  return conflict("place-not-empty", `${path} is there already: name a new folder or file.`);
}
