import type { BlobHash, InlineBlobStore, ListedBlob } from "#record";
import { dailyBlobTables } from "./daily-blobs.ts";
import type { Database } from "./database.ts";

const listedAtOnce = 1_000;

export function inlineBlobs(database: Database): InlineBlobStore {
  const daily = dailyBlobTables(database);
  const lasting = async (hash: BlobHash) => {
    const rows = await database<{ bytes: Uint8Array }[]>`
      select bytes from blob where hash = ${Buffer.from(hash, "hex")}`;
    return rows[0]?.bytes;
  };
  return {
    daily,
    async get(hash, day) {
      const ofDay = day === undefined ? undefined : await daily.get(hash, day);
      return ofDay ?? (await lasting(hash)) ?? (await daily.find(hash));
    },
    async *list() {
      yield* listed((after) => lastingAfter(database, after));
      for (const { day } of await daily.days()) {
        for await (const { hash } of listed((after) => daily.hashesAfter(day, after, listedAtOnce)))
          yield { hash, day };
      }
    },
  };
}

async function* listed(next: (after: Uint8Array) => Promise<readonly Uint8Array[]>): AsyncGenerator<ListedBlob> {
  let after: Uint8Array = Buffer.alloc(0);
  for (;;) {
    const hashes = await next(after);
    for (const hash of hashes) yield { hash: Buffer.from(hash).toString("hex") as BlobHash };
    const last = hashes.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function lastingAfter(database: Database, after: Uint8Array): Promise<readonly Uint8Array[]> {
  const rows = await database<{ hash: Uint8Array }[]>`
    select hash from blob where hash > ${Buffer.from(after)} order by hash limit ${listedAtOnce}`;
  return rows.map(({ hash }) => hash);
}
