import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { conflict, failed, incorrect, ok, type Result } from "#kernel";
import {
  type About,
  aboutName,
  aboutSchema,
  backupFormat,
  type Manifest,
  manifestName,
  manifestSchema,
} from "./manifest.ts";
import { readTarHeader, tarBlockBytes, tarPadding } from "./tar-header.ts";

export interface ArchiveEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** A backup whose every byte was found to be what its manifest says. */
export interface CheckedArchive {
  readonly about: About;
  /** The entries, in order. The file is read again, so that none of it need stay in memory. */
  entries(): AsyncIterable<ArchiveEntry>;
}

/** Reads a backup through and checks it. Problems: `not-a-backup`, `backup-damaged`, `backup-newer`. */
export async function checkArchive(
  path: string,
  progress: (doneBytes: number, totalBytes: number) => void,
): Promise<Result<CheckedArchive>> {
  const found: Record<string, string> = {};
  let about: unknown;
  let manifest: unknown;
  for await (const { name, content, endBytes, totalBytes } of read(path)) {
    progress(endBytes, totalBytes);
    if (name === manifestName) manifest = parse(content);
    else found[name] = createHash("sha256").update(content).digest("hex");
    if (name === aboutName) about = parse(content);
  }
  const knownAbout = aboutSchema.safeParse(about);
  if (!knownAbout.success) return failed(about === undefined ? notABackup(path) : damaged(path));
  if (knownAbout.data.format > backupFormat) return failed(newer(path));
  const knownManifest = manifestSchema.safeParse(manifest);
  if (!knownManifest.success || !sameEntries(knownManifest.data, found)) return failed(damaged(path));
  return ok({ about: knownAbout.data, entries: () => read(path) });
}

function sameEntries({ sha256 }: Manifest, found: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(sha256);
  return names.length === Object.keys(found).length && names.every((name) => sha256[name] === found[name]);
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString("utf8"));
  } catch {
    return {};
  }
}

interface Placed extends ArchiveEntry {
  readonly endBytes: number;
  readonly totalBytes: number;
}

/** The entries up to the end of the archive, or up to where it stops being one. */
async function* read(path: string): AsyncGenerator<Placed> {
  const file = await open(path, "r");
  try {
    const { size: totalBytes } = await file.stat();
    let offset = 0;
    for (;;) {
      const header = await readAt(file, offset, tarBlockBytes);
      const entry = header === undefined ? undefined : readTarHeader(header);
      if (entry === undefined || entry === "end" || offset + entry.sizeBytes > totalBytes) return;
      const content = await readAt(file, offset + tarBlockBytes, entry.sizeBytes);
      if (content === undefined) return;
      offset += tarBlockBytes + entry.sizeBytes + tarPadding(entry.sizeBytes);
      yield { name: entry.name, content, endBytes: offset, totalBytes };
    }
  } finally {
    await file.close();
  }
}

/** Undefined when the file ends before. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array | undefined> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) return undefined;
    filled += bytesRead;
  }
  return buffer;
}

function notABackup(path: string) {
  return incorrect("not-a-backup", `${path} is not a backup of Corridor.`);
}

function damaged(path: string) {
  return incorrect("backup-damaged", `The backup ${path} is damaged or cut off: use another copy of it.`);
}

function newer(path: string) {
  return conflict("backup-newer", `The backup ${path} is of a newer Corridor: restore it with that one.`);
}
