import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, link, mkdir, open, opendir, readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import {
  type BlobHash,
  type BlobWriter,
  type FinishedBlob,
  isBlobHash,
  type OpenBlob,
  type StoredBlob,
  type StreamedBlobs,
  type UnsettledBlob,
} from "#record";

/**
 * Files named by their hash, in folders by its first two digits: `ab/abcdef…`. What is being written stands in `aside/` under a
 * name of its own, and under its hash too from when it is finished until it is settled. The folder belongs to one process
 * at a time.
 */
export async function openStreamedFolder(folder: string): Promise<StreamedBlobs> {
  const places: Places = { folder, aside: join(folder, "aside"), open: new Set() };
  await mkdir(places.aside, { recursive: true });
  for (const parent of parents) await mkdir(join(folder, parent), { recursive: true });
  await syncFolder(folder);
  return {
    begin: () => begin(places),
    open: (hash) => openBlob(pathOf(folder, hash)),
    remove: (hash) => unlink(pathOf(folder, hash)).catch(absentOnly),
    list: () => list(folder),
    unsettled: () => unsettled(places),
  };
}

const parents = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, "0"));

interface Places {
  readonly folder: string;
  readonly aside: string;
  /** Names in `aside` that this process writes to. */
  readonly open: Set<string>;
}

async function begin(places: Places): Promise<BlobWriter> {
  const name = randomUUID();
  places.open.add(name);
  const path = join(places.aside, name);
  const file = await open(path, "wx");
  const digest = createHash("sha256");
  let sizeBytes = 0;
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await file.close();
  };
  const writer: BlobWriter = {
    async write(pieces) {
      const writing = writeAll(file, pieces);
      for (const piece of pieces) {
        digest.update(piece);
        sizeBytes += piece.length;
      }
      await writing;
    },
    async finish() {
      const { durable, ...finished } = await writer.close();
      await durable;
      return finished;
    },
    async close() {
      const hash = digest.digest("hex") as BlobHash;
      const named = await nameIt(places, { name, hash });
      const durable = file.sync().finally(close);
      // Whoever waits for it is told; nobody else need be.
      durable.catch(() => {});
      return { ...named, sizeBytes, durable };
    },
    async abandon() {
      await close();
      await settle(places, name);
    },
  };
  return writer;
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  let left = pieces;
  while (left.length > 0) {
    const { bytesWritten } = await file.writev(left);
    left = withoutFirst(left, bytesWritten);
  }
}

/** A disk that is nearly full takes a part; asked again, it says why. */
function withoutFirst(pieces: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let skipped = 0;
  for (const [index, piece] of pieces.entries()) {
    if (skipped + piece.length > bytes) return [piece.subarray(bytes - skipped), ...pieces.slice(index + 1)];
    skipped += piece.length;
  }
  return [];
}

/**
 * A name is a change of the file it is given to, and of the folder in one step: syncing the file behind it makes its newest name
 * durable too, on every file system with a journal or a log (ext4, XFS, btrfs), and the folder need not be synced besides.
 */
async function nameIt(
  places: Places,
  { name, hash }: { readonly name: string; readonly hash: BlobHash },
): Promise<Omit<FinishedBlob, "sizeBytes">> {
  const path = pathOf(places.folder, hash);
  const isNew = await link(join(places.aside, name), path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
  if (!isNew && !(await holds(path, hash))) await replace(places, { name, path });
  return { hash, isKnown: !isNew, settle: () => settle(places, name) };
}

/** What stands there is torn, as a loss of power leaves it: the new content takes its place. */
async function replace(
  places: Places,
  { name, path }: { readonly name: string; readonly path: string },
): Promise<void> {
  const twin = join(places.aside, randomUUID());
  await link(join(places.aside, name), twin);
  await rename(twin, path);
}

/** Whether a file holds what its name says; it is synced then, name and all, whoever wrote it. */
async function holds(path: string, hash: BlobHash): Promise<boolean> {
  const file = await open(path, "r");
  try {
    await file.sync();
    return (await hashOf(file)) === hash;
  } finally {
    await file.close();
  }
}

async function hashOf(file: FileHandle): Promise<BlobHash> {
  const digest = createHash("sha256");
  const stream = file.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 20 });
  for await (const chunk of stream) digest.update(chunk);
  return digest.digest("hex") as BlobHash;
}

async function settle(places: Places, name: string): Promise<void> {
  await unlink(join(places.aside, name)).catch(absentOnly);
  places.open.delete(name);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openBlob(path: string): Promise<OpenBlob | undefined> {
  const file = await open(path, "r").catch(absentOnly);
  if (file === undefined) return undefined;
  const { size } = await file.stat();
  const readInto = async (into: Uint8Array, fromByte: number) => {
    let read = 0;
    while (read < into.length) {
      const { bytesRead } = await file.read(into, read, into.length - read, fromByte + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return read;
  };
  return {
    sizeBytes: size,
    async read(fromByte, lengthBytes) {
      const into = Buffer.allocUnsafeSlow(Math.max(0, Math.min(lengthBytes, size - fromByte)));
      return into.subarray(0, await readInto(into, fromByte));
    },
    readInto,
    close: () => file.close(),
  };
}

async function* list(folder: string): AsyncIterable<StoredBlob> {
  for (const parent of parents) {
    for await (const { name } of await opendir(join(folder, parent))) {
      if (!isBlobHash(name)) continue;
      const file = await stat(pathOf(folder, name)).catch(absentOnly);
      if (file !== undefined) yield { hash: name, sizeBytes: file.size };
    }
  }
}

/** A file with a second name was finished. */
async function* unsettled(places: Places): AsyncIterable<UnsettledBlob> {
  for (const name of await readdir(places.aside)) {
    if (places.open.has(name)) continue;
    const path = join(places.aside, name);
    const file = await open(path, "r");
    const isFinished = await file.stat().then(({ nlink }) => nlink > 1);
    const hash = isFinished ? await hashOf(file) : undefined;
    await file.close();
    if (hash === undefined) await settle(places, name);
    else yield { hash, settle: () => settle(places, name) };
  }
}

function pathOf(folder: string, hash: BlobHash): string {
  return join(folder, hash.slice(0, 2), hash);
}

function absentOnly(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}
