import type { BlobHash, InlineBlobStore } from "#record";
import type { Database } from "./database.ts";

const listedAtOnce = 1_000;

export function inlineBlobs(database: Database): InlineBlobStore {
  return {
    async get(hash) {
      const rows = await database<{ bytes: Uint8Array }[]>`
        select bytes from blob where hash = ${Buffer.from(hash, "hex")}`;
      return rows[0]?.bytes;
    },
    async *list() {
      let after: Uint8Array = Buffer.alloc(0);
      for (;;) {
        const rows = await database<{ hash: Uint8Array }[]>`
          select hash from blob where hash > ${Buffer.from(after)} order by hash limit ${listedAtOnce}`;
        for (const { hash } of rows) yield Buffer.from(hash).toString("hex") as BlobHash;
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.hash;
      }
    },
  };
}
