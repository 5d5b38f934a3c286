import type { HiddenObjects, ImageAddress } from "#imaging";
import type { Database } from "../database.ts";
import { SqlText } from "../sql-text.ts";

/** Counts follow what is shown. */
export async function hide(
  database: Database,
  { study, series, instance }: ImageAddress,
  code: string | undefined,
): Promise<number> {
  if (study === undefined && series === undefined && instance === undefined) return 0;
  const sql = new SqlText();
  const where = [
    `i.rejected is ${code === undefined ? "not null" : "null"}`,
    ...(study === undefined ? [] : [`s.uid = ${sql.bind(study, "text")}`]),
    ...(series === undefined ? [] : [`e.uid = ${sql.bind(series, "text")}`]),
    ...(instance === undefined ? [] : [`i.uid = ${sql.bind(instance, "text")}`]),
  ];
  const by = code === undefined ? 1 : -1;
  const text = `
    with chosen as (
      select i.instance, i.series, e.study
      from image_instance i join image_series e on e.series = i.series join image_study s on s.study = e.study
      where ${where.join(" and ")} order by i.instance for update of i),
    changed as (
      update image_instance i set rejected = ${sql.bind(code ?? null, "text")} from chosen c where i.instance = c.instance),
    in_series as (
      update image_series e set instance_count = instance_count + ${by} * m.objects
      from (select series, count(*)::int as objects from chosen group by series) m where e.series = m.series),
    in_study as (
      update image_study s set instance_count = instance_count + ${by} * m.objects
      from (select study, count(*)::int as objects from chosen group by study) m where s.study = m.study returning s.study),
    marked as (
      insert into image_changed (study, taken, since_ms) select study, false, 0 from in_study
      on conflict (study, taken) do update set since_ms = 0)
    select count(*)::int as objects from chosen`;
  const [row] = await sql.run<{ readonly objects: number }>(database, text);
  return row?.objects ?? 0;
}

interface HiddenRow extends Omit<HiddenObjects, "sizeBytes" | "json" | "patient"> {
  readonly size_bytes: number;
  readonly patient: string | null;
  readonly of_study: string;
  readonly of_series: string;
}

export async function readHidden(
  database: Database,
  limit: number,
  study: string | undefined,
): Promise<readonly HiddenObjects[]> {
  const rows = await database<HiddenRow[]>`
    with hidden as (
      select i.series, i.rejected as code, count(*)::int as objects, sum(i.size_bytes)::bigint as size_bytes,
        min(i.uid) as instance, max(i.instance) as newest
      from image_instance i where i.rejected is not null and (${study ?? null}::text is null or i.series in (
        select e.series from image_series e join image_study s on s.study = e.study where s.uid = ${study ?? null}))
      group by i.series, i.rejected
      order by newest desc limit ${limit})
    select s.uid as study, e.uid as series, h.instance, h.code, h.objects, h.size_bytes, e.instance_count as shown, s.patient,
      s.attributes as of_study, e.attributes as of_series
    from hidden h join image_series e on e.series = h.series join image_study s on s.study = e.study
    order by h.newest desc`;
  return rows.map(({ size_bytes, patient, of_study, of_series, ...group }) => ({
    ...group,
    sizeBytes: size_bytes,
    patient: patient ?? undefined,
    json: `{${[of_study, of_series].filter((part) => part !== "").join(",")}}`,
  }));
}
