import type { ArrivalFigure, Arrivals, ImageCheck, Refusal, RefusalFigure } from "#imaging";
import { type Instant, instant } from "#kernel";
import type { Database } from "../database.ts";
import { storable } from "./add.ts";

interface FigureRow {
  /** Which of the groupings it belongs to. */
  readonly of: number;
  readonly hour: number | null;
  readonly modality: string | null;
  readonly source: string | null;
  readonly studies: number;
  readonly objects: number;
  readonly size_bytes: number;
}

/** A bit for each column that a row is not grouped by: hour, modality, source. */
const groupings = { hour: 0b011, modality: 0b101, source: 0b110, total: 0b111 } as const;

export async function readArrivals(database: Database, since: Instant): Promise<Arrivals> {
  const rows = await database<FigureRow[]>`
    with came as (
      select ((i.at_ms - ${since}) / 3600000)::int as hour, e.modality, i.source, e.study, i.size_bytes
      from image_instance i join image_series e on e.series = i.series where i.at_ms >= ${since})
    select grouping(hour, modality, source) as of, hour, modality, source, count(distinct study)::int as studies,
      count(*)::int as objects, coalesce(sum(size_bytes), 0)::bigint as size_bytes
    from came group by grouping sets ((hour), (modality), (source), ()) order by objects desc, hour, modality, source`;
  const of = (wanted: number) => rows.filter((row) => row.of === wanted);
  const [total] = of(groupings.total);
  return {
    total: total === undefined ? { studies: 0, objects: 0, sizeBytes: 0 } : figureOf(total),
    hours: of(groupings.hour)
      .map((row) => ({ hour: row.hour ?? 0, ...figureOf(row) }))
      .sort((one, other) => one.hour - other.hour),
    modalities: of(groupings.modality).map((row) => ({ modality: row.modality ?? "", ...figureOf(row) })),
    sources: of(groupings.source).map((row) => ({ source: row.source ?? "", ...figureOf(row) })),
    refusals: await readRefusals(database, since),
  };
}

function figureOf({ studies, objects, size_bytes }: FigureRow): ArrivalFigure {
  return { studies, objects, sizeBytes: size_bytes };
}

async function readRefusals(database: Database, since: Instant): Promise<readonly RefusalFigure[]> {
  const rows = await database<(Omit<RefusalFigure, "at"> & { readonly last_at_ms: number })[]>`
    select source, code, message, count, last_at_ms from image_refusal where last_at_ms >= ${since}
    order by last_at_ms desc limit 100`;
  return rows.map(({ last_at_ms, ...refusal }) => ({ ...refusal, at: instant(last_at_ms) }));
}

const refusalDays = 100;

export async function noteRefusal(database: Database, { source, code, message, at }: Refusal): Promise<void> {
  const day = new Date(at).toISOString().slice(0, 10);
  await database`
    with old as (delete from image_refusal where day < ${day}::date - ${refusalDays}::int)
    insert into image_refusal (day, source, code, message, count, last_at_ms)
    values (${day}::date, ${storable(source)}, ${code}, ${storable(message)}, 1, ${at})
    on conflict (day, source, code) do update
      set count = image_refusal.count + 1, message = excluded.message, last_at_ms = excluded.last_at_ms`;
}

const checksKept = 100;

export async function addCheck(database: Database, check: ImageCheck): Promise<void> {
  const { at, tookMs, objects, problemCount, problems } = check;
  await database`
    with old as (
      delete from image_check where at_ms in (select at_ms from image_check order by at_ms desc offset ${checksKept}))
    insert into image_check (at_ms, took_ms, objects, problem_count, problems)
    values (${at}, ${tookMs}, ${objects}, ${problemCount}, ${storable(JSON.stringify(problems))})
    on conflict (at_ms) do nothing`;
}

export async function lastCheck(database: Database): Promise<ImageCheck | undefined> {
  const [row] = await database<
    { at_ms: number; took_ms: number; objects: number; problem_count: number; problems: string }[]
  >`select at_ms, took_ms, objects, problem_count, problems from image_check order by at_ms desc limit 1`;
  if (row === undefined) return undefined;
  return {
    at: instant(row.at_ms),
    tookMs: row.took_ms,
    objects: row.objects,
    problemCount: row.problem_count,
    problems: JSON.parse(row.problems) as ImageCheck["problems"],
  };
}
