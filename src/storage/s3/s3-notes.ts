import { randomUUID } from "node:crypto";
import { limits } from "#kernel";
import { type BlobHash, isBlobHash } from "#record";
import type { S3Client } from "./s3-client.ts";
import { readObject, removeObject, writeObject } from "./s3-objects.ts";

/**
 * Notes of content that is on its way to its name: each an object that lists hashes, written before the content is, and taken
 * away when all of it is settled. Hashes that come while a note is being written share the next.
 */
export interface S3Notes {
  /** Durable when it resolves. */
  announce(hash: BlobHash): Promise<Note>;
  /** Whether a note of that name is this process's. */
  isOpen(name: string): boolean;
}

export interface Note {
  settle(): Promise<void>;
}

interface Waiting {
  readonly hash: BlobHash;
  readonly resolve: (note: Note) => void;
  readonly reject: (error: unknown) => void;
}

export function openNotes(client: S3Client, folder: string): S3Notes {
  const open = new Set<string>();
  const waiting: Waiting[] = [];
  let isWriting = false;

  async function writeOn(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) await writeNote(waiting.splice(0, limits.s3NotedHashesMax));
    isWriting = false;
  }

  async function writeNote(announced: readonly Waiting[]): Promise<void> {
    const name = `${folder}${randomUUID()}.note`;
    open.add(name);
    const text = announced.map(({ hash }) => `${hash}\n`).join("");
    let unsettled = announced.length;
    const settle = async () => {
      unsettled -= 1;
      if (unsettled > 0) return;
      await removeObject(client, name);
      open.delete(name);
    };
    try {
      await writeObject(client, name, { body: [Buffer.from(text)] });
      for (const { resolve } of announced) resolve({ settle: once(settle) });
    } catch (error) {
      for (const { reject } of announced) reject(error);
    }
  }

  return {
    announce: (hash) =>
      new Promise((resolve, reject) => {
        waiting.push({ hash, resolve, reject });
        void writeOn();
      }),
    isOpen: (name) => open.has(name),
  };
}

/** Asked again, it says the same. */
export function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** The hashes that a note of a process that is gone lists. */
export async function hashesIn(client: S3Client, name: string): Promise<readonly BlobHash[]> {
  const content = await readObject(client, name);
  return (content?.toString("latin1") ?? "").split("\n").filter(isBlobHash);
}
