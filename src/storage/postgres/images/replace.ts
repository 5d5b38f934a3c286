import type { NewInstance } from "#imaging";
import type { Database } from "../database.ts";
import { noNumber, storable } from "./add.ts";
import { keepBytes } from "./small-objects.ts";

/**
 * Series and study keep what was shown of them first; their sizes follow. What an edit laid over the object goes with it. When
 * something first came under its UID stays.
 */
export async function replaceObject(
  database: Database,
  object: NewInstance,
  why: string,
): Promise<"replaced" | "elsewhere" | "absent"> {
  const { uid, sopClass, transferSyntax, number, frames, blob, sizeBytes, dataSetAt, pixelsAt, source, at } = object;
  return database.begin(async (sql) => {
    const [kept] = await sql<{ series: number; study: number; series_uid: string; study_uid: string }[]>`
      select i.series, e.study, e.uid as series_uid, s.uid as study_uid
      from image_instance i join image_series e on e.series = i.series join image_study s on s.study = e.study
      where i.uid = ${uid} for update of i`;
    if (kept === undefined) return "absent";
    if (kept.series_uid !== object.series.uid || kept.study_uid !== object.study.uid) return "elsewhere";
    await keepBytes(sql, object);
    await sql`
      insert into image_twin (uid, blob, size_bytes, why, source, at_ms)
      select uid, blob, size_bytes, ${why}, source, at_ms from image_instance where uid = ${uid}`;
    await sql`delete from image_twin where uid = ${uid} and blob = decode(${blob}, 'hex')`;
    const [grown] = await sql<{ by: number }[]>`
      with old as (select size_bytes from image_instance where uid = ${uid})
      update image_instance i set class = ${sopClass}, syntax = ${transferSyntax}, number = ${number ?? noNumber},
        frames = ${frames}, blob = decode(${blob}, 'hex'), size_bytes = ${sizeBytes}, data_set_at = ${dataSetAt},
        pixels_at = ${pixelsAt ?? -1}, metadata = ${storable(object.metadata)}, received = null,
        source = ${storable(source)}
      from old where i.uid = ${uid} returning (i.size_bytes - old.size_bytes) as by`;
    const by = grown?.by ?? 0;
    await sql`update image_series set size_bytes = size_bytes + ${by}, last_at_ms = ${at} where series = ${kept.series}`;
    await sql`update image_study set size_bytes = size_bytes + ${by}, last_at_ms = ${at} where study = ${kept.study}`;
    await sql`
      insert into image_changed (study, taken, since_ms) values (${kept.study}, false, 0)
      on conflict (study, taken) do update set since_ms = 0`;
    return "replaced";
  }) as Promise<"replaced" | "elsewhere" | "absent">;
}
