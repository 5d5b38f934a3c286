import type { ImageErasure } from "#imaging";
import type { BlobHash } from "#record";
import type { Database } from "../database.ts";

export function imageErasure(database: Database): ImageErasure {
  return {
    async studiesOf({ patients, documents }) {
      const ids = patients.map((patient) => patient.slice("Patient/".length));
      const rows = await database<{ name: string }[]>`
        select distinct encode(sha256(uid::bytea), 'hex') as name from image_study
        where patient = any(${ids}::text[]) or document = any(${[...documents]}::text[]) order by 1`;
      return rows.map(({ name }) => name);
    },
    async contentOf(study) {
      const rows = await database<{ blob: BlobHash; objects: number; elsewhere: boolean }[]>`
        with own as (${keysOf(database, study)}),
        named as (
          select i.blob, i.uid from image_instance i join image_series e on e.series = i.series join own on own.study = e.study),
        held as (select blob, uid from named union all select t.blob, t.uid from image_twin t join named n on n.uid = t.uid)
        select encode(h.blob, 'hex') as blob, (select count(*)::int from named) as objects,
          bool_or(exists (
            select from image_instance i join image_series e on e.series = i.series
            where i.blob = h.blob and e.study not in (select study from own))) as elsewhere
        from held h group by h.blob`;
      return {
        objects: rows[0]?.objects ?? 0,
        blobs: rows.filter(({ elsewhere }) => !elsewhere).map(({ blob }) => blob),
      };
    },
    forget: (study) => forget(database, study),
  };
}

function keysOf(sql: Database, study: string) {
  return sql`select study from image_study where encode(sha256(uid::bytea), 'hex') = ${study}`;
}

async function forget(database: Database, study: string): Promise<void> {
  await database.begin(async (sql) => {
    const rows = await sql<{ study: number }[]>`
      select study from image_study where encode(sha256(uid::bytea), 'hex') = ${study} for update`;
    const keys = rows.map((row) => row.study);
    const series = sql`select series from image_series where study = any(${keys}::bigint[])`;
    await sql`
      delete from image_twin t using image_instance i where i.uid = t.uid and i.series in (${series})`;
    await sql`
      delete from image_instance
      where series in (select series from image_series where study = any(${keys}::bigint[]))`;
    for (const table of ["image_series", "image_name", "image_changed", "image_study"])
      await sql`delete from ${sql(table)} where study = any(${keys}::bigint[])`;
  });
}
