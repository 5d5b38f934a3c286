import { createHash } from "node:crypto";
import { conflict, expectOk, failed, incorrect, ok, type Result } from "#kernel";
import type { Key } from "./age.ts";
import { type ArchiveSource, openSource } from "./archive-source.ts";
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
  /** To be read to the end before the next entry; ends early where the archive does. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** The content of an entry that is not large. */
export async function wholeOf({ pieces }: Pick<ArchiveEntry, "pieces">): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** A backup whose every byte was found to be what its manifest says. */
export interface CheckedArchive {
  readonly about: About;
  /** The entries, in order. The file is read again, so that none of it need stay in memory. */
  entries(): AsyncIterable<ArchiveEntry>;
}

/**
 * Reads a backup through and checks it. Problems: `not-a-backup`, `backup-damaged`, `backup-newer`; those of `openSource`.
 */
export async function checkArchive(
  path: string,
  progress: (doneBytes: number, totalBytes: number) => void,
  key?: Key,
): Promise<Result<CheckedArchive>> {
  const source = await openSource(path, key);
  if (!source.ok) return source;
  const found: Record<string, string> = {};
  let about: unknown;
  let manifest: unknown;
  for await (const entry of read(source.value)) {
    const { name, endBytes, totalBytes } = entry;
    if (name === manifestName) manifest = parse(await wholeOf(entry));
    else if (name === aboutName) {
      const content = await wholeOf(entry);
      found[name] = createHash("sha256").update(content).digest("hex");
      about = parse(content);
    } else found[name] = await hashOf(entry);
    progress(endBytes, totalBytes);
  }
  const knownAbout = aboutSchema.safeParse(about);
  if (!knownAbout.success) return failed(about === undefined ? notABackup(path) : damaged(path));
  if (knownAbout.data.format > backupFormat) return failed(newer(path));
  const knownManifest = manifestSchema.safeParse(manifest);
  if (!knownManifest.success || !sameEntries(knownManifest.data, found)) return failed(damaged(path));
  return ok({ about: knownAbout.data, entries: () => readAgain(path, key) });
}

async function hashOf({ pieces }: ArchiveEntry): Promise<string> {
  const digest = createHash("sha256");
  for await (const piece of pieces) digest.update(piece);
  return digest.digest("hex");
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
async function* read(source: ArchiveSource): AsyncGenerator<Placed> {
  const { bytesMax: totalBytes } = source;
  try {
    let offset = 0;
    for (;;) {
      const header = await source.read(tarBlockBytes);
      const entry = header === undefined ? undefined : readTarHeader(header);
      if (entry === undefined || entry === "end" || offset + entry.sizeBytes > totalBytes) return;
      offset += tarBlockBytes + entry.sizeBytes + tarPadding(entry.sizeBytes);
      const content = { leftBytes: entry.sizeBytes };
      yield { name: entry.name, pieces: piecesOf(source, content), endBytes: offset, totalBytes };
      if (content.leftBytes > 0 || (await source.read(tarPadding(entry.sizeBytes))) === undefined) return;
    }
  } finally {
    await source.close();
  }
}

const pieceBytes = 1024 * 1024;

async function* piecesOf(source: ArchiveSource, content: { leftBytes: number }): AsyncGenerator<Uint8Array> {
  while (content.leftBytes > 0) {
    const piece = await source.read(Math.min(pieceBytes, content.leftBytes));
    if (piece === undefined) return;
    content.leftBytes -= piece.length;
    yield piece;
  }
}

async function* readAgain(path: string, key: Key | undefined): AsyncGenerator<Placed> {
  yield* read(expectOk(await openSource(path, key)));
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
