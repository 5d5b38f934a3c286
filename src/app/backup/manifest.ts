import { z } from "zod";
import { type BlobHash, isBlobDay, isBlobHash, type ListedBlob } from "#record";

/** Raised when an older Corridor could no longer read what a newer one writes. */
export const backupFormat = 1;

/** The first entry: what was backed up, and when. */
export const aboutName = "corridor-backup.json";

/** The last entry: what there must be before it. */
export const manifestName = "manifest.json";

export const aboutSchema = z.object({
  format: z.int(),
  program: z.string(),
  madeAt: z.string(),
  migration: z.int(),
  /** The newest change in it. */
  position: z.int(),
  auditHead: z.object({ sequence: z.int(), hash: z.string() }),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() })),
});

export type About = z.infer<typeof aboutSchema>;

export const manifestSchema = z.object({
  /** SHA-256 of every entry's content, by its name. */
  sha256: z.record(z.string(), z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** `tables/version/000001.zst`: rows for COPY, compressed. */
export function tablePartName(table: string, part: number): string {
  return `tables/${table}/${String(part).padStart(6, "0")}.zst`;
}

/** The table of a part's name, or undefined when it is none. */
export function tableOfPart(name: string): string | undefined {
  return /^tables\/([^/]+)\/\d+\.zst$/.exec(name)?.[1];
}

/** `blobs/HASH`, and `blobs/2026-11-23/HASH` of one that is kept for as long as its day. */
export function blobName({ hash, day }: ListedBlob): string {
  return day === undefined ? `blobs/${hash}` : `blobs/${day}/${hash}`;
}

/** The blob of a name, or undefined when it is of none. */
export function blobOfName(name: string): ListedBlob | undefined {
  const [folder, ...rest] = name.split("/");
  const hash = rest.pop() ?? "";
  const [day, ...more] = rest;
  if (folder !== "blobs" || more.length > 0 || !isBlobHash(hash)) return undefined;
  if (day === undefined) return { hash };
  return isBlobDay(day) ? { hash, day } : undefined;
}

/** `images/HASH`: an object of the image archive. */
export function imageName(hash: BlobHash): string {
  return `images/${hash}`;
}

export function isImageName(name: string): boolean {
  return name.startsWith("images/");
}
