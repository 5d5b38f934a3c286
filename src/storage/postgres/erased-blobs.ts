import type { BlobDay, BlobHash } from "#record";
import { daysHolding, tableOf } from "./daily-blobs.ts";
import type { Database, DatabaseTransaction } from "./database.ts";

/**
 * The record does not keep who names a blob: all versions are gone through once. What is written meanwhile is looked at again
 * under the lock that orders all writers, and only then is anything taken away.
 */
export async function takeBlobs(database: Database, decision: string): Promise<readonly BlobHash[]> {
  const rows = await database<{ name: BlobHash }[]>`
    select name from erasure_part where decision = ${decision} and what = 'b' and not done`;
  const asked = rows.map(({ name }) => name);
  if (asked.length === 0) return [];
  const days = await daysHolding(database, asked);
  const [head] = await database<{ position: number }[]>`select position from head`;
  const named = new Set(await namedAfter(database, asked, 0));
  return database.begin(async (sql) => {
    await sql`select position from head for update`;
    for (const hash of await namedWithin(sql, asked, head?.position ?? 0)) named.add(hash);
    const free = asked.filter((hash) => !named.has(hash));
    await removeRows(sql, free, days);
    await sql`
      update erasure_part set done = true where decision = ${decision} and what = 'b' and name = any(${[...named]}::text[])`;
    return free;
  }) as Promise<readonly BlobHash[]>;
}

async function namedAfter(database: Database, asked: readonly BlobHash[], after: number): Promise<readonly BlobHash[]> {
  return database.begin((sql) => namedWithin(sql, asked, after)) as Promise<readonly BlobHash[]>;
}

async function namedWithin(
  sql: DatabaseTransaction,
  asked: readonly BlobHash[],
  after: number,
): Promise<readonly BlobHash[]> {
  await sql`set local enable_seqscan = on`;
  const rows = await sql<{ hash: BlobHash }[]>`
    select distinct found[1] as hash from version v, regexp_matches(v.body, '"([0-9a-f]{64})"', 'g') as found
    where v.position > ${after} and found[1] = any(${[...asked]}::text[])`;
  return rows.map(({ hash }) => hash);
}

async function removeRows(
  sql: DatabaseTransaction,
  hashes: readonly BlobHash[],
  days: readonly BlobDay[],
): Promise<void> {
  if (hashes.length === 0) return;
  const gone = () => sql`select decode(hash, 'hex') from unnest(${[...hashes]}::text[]) as gone (hash)`;
  await sql`delete from blob where hash in (${gone()})`;
  for (const day of days) await sql`delete from ${sql(tableOf(day))} where hash in (${gone()})`;
}

export async function blobsGone(database: Database, decision: string, blobs: readonly BlobHash[]): Promise<void> {
  await database`
    update erasure_part set done = true, count = 1
    where decision = ${decision} and what = 'b' and name = any(${[...blobs]}::text[])`;
}
