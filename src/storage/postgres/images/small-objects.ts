import type { NewInstance, SmallObjects } from "#imaging";
import type { Database, DatabaseTransaction } from "../database.ts";

export function smallObjects(database: Database): SmallObjects {
  return {
    async read(hash) {
      const [row] = await database<{ bytes: Uint8Array }[]>`
        select bytes from image_bytes where blob = decode(${hash}, 'hex')`;
      return row?.bytes;
    },
    async remove(hash) {
      await database`delete from image_bytes where blob = decode(${hash}, 'hex')`;
    },
  };
}

/** Of an object that is small, in the transaction that names it. */
export async function keepBytes(
  sql: Database | DatabaseTransaction,
  { blob, bytes }: Pick<NewInstance, "blob" | "bytes">,
): Promise<void> {
  if (bytes === undefined) return;
  await sql`
    insert into image_bytes (blob, bytes) values (decode(${blob}, 'hex'), ${Buffer.from(bytes)}) on conflict do nothing`;
}
