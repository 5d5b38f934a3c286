import { once } from "node:events";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { createGzip, type Gzip } from "node:zlib";

/** A file of lines, written aside; it gets its name when it is whole and on disk. */
export interface LineFile {
  write(lines: readonly string[]): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** For its owner alone. Throws what the file system throws, such as ENOSPC. */
export async function openLineFile(path: string): Promise<LineFile> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, "w", 0o600);
  const packer = path.endsWith(".gz") ? createGzip() : undefined;
  const packed = packer === undefined ? undefined : drained(packer, (bytes) => file.writeFile(bytes));
  return {
    async write(lines) {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
      if (packer === undefined) await file.writeFile(bytes);
      else if (!packer.write(bytes)) await Promise.race([once(packer, "drain"), packed]);
    },
    async finish() {
      packer?.end();
      await packed;
      await file.sync();
      await file.close();
      await rename(unfinished, path);
      const folder = await open(dirname(path), "r");
      await folder.sync().finally(() => folder.close());
    },
    async abandon() {
      packer?.destroy();
      await packed?.catch(() => {});
      await file.close().catch(() => {});
      await rm(unfinished, { force: true });
    },
  };
}

async function drained(packer: Gzip, write: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  for await (const bytes of packer) await write(bytes as Uint8Array);
}
