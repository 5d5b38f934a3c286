import { fault, type Problem } from "#kernel";
import type { BlobHash } from "#record";
import type { Database } from "../database.ts";

export interface NamedImage {
  readonly hash: BlobHash;
  readonly sizeBytes: number;
  /** `1.2.840…`, the object that names it. */
  readonly instance: string;
}

const pageRows = 5_000;

/** What the index names, those kept aside among them. */
export async function* imageBlobs(database: Database): AsyncIterable<NamedImage> {
  for (let after = 0; ; ) {
    const rows = await database<{ key: number; hash: BlobHash; size_bytes: number; uid: string }[]>`
      select instance as key, encode(blob, 'hex') as hash, size_bytes, uid from image_instance
      where instance > ${after} order by instance limit ${pageRows}`;
    for (const { hash, size_bytes, uid } of rows) yield { hash, sizeBytes: size_bytes, instance: uid };
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.key;
  }
  const twins = await database<{ hash: BlobHash; size_bytes: number; uid: string }[]>`
    select encode(blob, 'hex') as hash, size_bytes, uid from image_twin`;
  for (const { hash, size_bytes, uid } of twins) yield { hash, sizeBytes: size_bytes, instance: uid };
}

const problemsMax = 100;

/** Series and studies whose counts are not those of what they hold: `image-count-wrong`. */
export async function imageFaults(database: Database): Promise<readonly Problem[]> {
  return database.begin("isolation level repeatable read read only", async (sql) => {
    // The question reads whole tables, which the connection's plans are set against.
    await sql`set local enable_seqscan = on`;
    await sql`set local enable_hashjoin = on`;
    const rows = await sql<{ uid: string }[]>`
      with in_series as (
        select e.series, count(i.instance) filter (where i.rejected is null) as shown
        from image_series e left join image_instance i on i.series = e.series group by e.series),
      in_study as (
        select s.study, count(e.series) as series, coalesce(sum(c.shown), 0) as shown
        from image_study s left join image_series e on e.study = s.study left join in_series c on c.series = e.series
        group by s.study)
      select e.uid from image_series e join in_series c on c.series = e.series where c.shown <> e.instance_count
      union all
      select s.uid from image_study s join in_study c on c.study = s.study
      where c.shown <> s.instance_count or c.series <> s.series_count
      limit ${problemsMax}`;
    return rows.map(({ uid }) => fault("image-count-wrong", "It does not hold as much as it counts.", { where: uid }));
  }) as Promise<readonly Problem[]>;
}
