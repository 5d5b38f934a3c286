import { z } from "zod";
import { type Context, may, placeInRecord, readCursor, writeCursor } from "#access";
import { ok, type Result } from "#kernel";
import { type Cursor, type HealthRecord, type Page, parseBody } from "#record";
import { parseDateTime, type Reference } from "#standards/fhir";
import type { TimelineKind, TimelinePage, timelineQuery } from "../api.ts";
import { newestFirst, ofPatient } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { fetchMissing, withoutDisplay } from "./fetch-missing.ts";
import type { ChartQuestion } from "./fetch-results.ts";
import { mergeNewestFirst } from "./merge.ts";
import type { ResourceMap } from "./resource-map.ts";
import { type TimelineResource, timelineEntry, timelineReferences, timelineTime } from "./timeline-entry.ts";

/** Each kind with the search parameter of the time it is ordered by, and the kind of its entries. */
const kinds = [
  ["Appointment", "date", "appointment"],
  ["Encounter", "date", "encounter"],
  ["ServiceRequest", "authored", "order"],
  ["DiagnosticReport", "date", "report"],
  ["DocumentReference", "date", "document"],
] as const;

const entriesDefault = 30;

/** One place in each kind. */
const placesSchema = z.array(z.union([placeInRecord, z.literal("start"), z.literal("end")])).length(kinds.length);
type Places = z.infer<typeof placesSchema>;

/** Where a list starts: with one kind asked for, the others are over before they begin. */
function startOf(asked: TimelineKind | undefined): Places {
  return kinds.map(([, , kind]) => (asked === undefined || asked === kind ? "start" : "end"));
}

/** Appointments, encounters, orders, reports and documents as one list, or those of one kind, newest first. */
export async function fetchTimeline(
  { record, actor }: Context,
  { patientId, query }: ChartQuestion<z.infer<typeof timelineQuery>>,
): Promise<Result<TimelinePage>> {
  const cursor = readCursor(query.cursor, placesSchema);
  if (!cursor.ok) return cursor;
  const places = cursor.value ?? startOf(query.kind);
  const position = await record.position();
  const reader = { record, patientId, limit: query.count ?? entriesDefault };
  const pages = await Promise.all(kinds.map((_, at) => readKind(reader, at, places)));
  const lists: TimelineResource[][] = [];
  for (const page of pages) {
    if (!page.ok) return page;
    lists.push(page.value.versions.map(parseBody<TimelineResource>));
  }
  const merged = mergeNewestFirst(lists, { timeOf: timelineTimeMs, limit: reader.limit });
  const [next, resources] = await Promise.all([
    nextPlaces(reader, { places, pages: pages.flatMap(pageOf), taken: merged.taken }),
    fetchWords({ record, actor }, merged.items),
  ]);
  if (!next.ok) return next;
  if (!resources.ok) return resources;
  const source = { patientId, resources: resources.value };
  return ok(
    present<TimelinePage>({
      entries: merged.items.map((resource) => timelineEntry(resource, source)),
      next: next.value.every((place) => place === "end") ? undefined : writeCursor(next.value),
      position,
    }),
  );
}

interface KindReader {
  readonly record: HealthRecord;
  readonly patientId: string;
  readonly limit: number;
}

async function readKind({ record, patientId, limit }: KindReader, at: number, places: Places): Promise<Result<Page>> {
  const [kind, newestBy] = kinds[at] ?? kinds[0];
  const place = places[at];
  if (place === "end") return ok({ versions: [] });
  const after = place === "start" ? undefined : place;
  return record.search(newestFirst({ kind, all: [ofPatient(patientId)], newestBy, limit, after }));
}

interface Progress {
  readonly places: Places;
  readonly pages: readonly Page[];
  /** How many of each page were shown. */
  readonly taken: readonly number[];
}

/** Where the next page goes on in each kind. A kind shown in part is asked once more for just that part, for its cursor. */
async function nextPlaces(reader: KindReader, { places, pages, taken }: Progress): Promise<Result<Places>> {
  const next = await Promise.all(
    pages.map(async ({ versions, next: end }, at): Promise<Result<Cursor | "start" | "end">> => {
      const count = taken[at] ?? 0;
      if (count === versions.length) return ok(end ?? "end");
      if (count === 0) return ok(places[at] ?? "start");
      const part = await readKind({ ...reader, limit: count }, at, places);
      return part.ok ? ok(part.value.next ?? "end") : part;
    }),
  );
  const found: Places = [];
  for (const place of next) {
    if (!place.ok) return place;
    found.push(place.value);
  }
  return ok(found);
}

function pageOf(page: Result<Page>): readonly Page[] {
  return page.ok ? [page.value] : [];
}

function timelineTimeMs(resource: TimelineResource): number | undefined {
  const time = timelineTime(resource);
  return time === undefined ? undefined : parseDateTime(time)?.fromMs;
}

async function fetchWords(
  { record, actor }: Pick<Context, "record" | "actor">,
  resources: readonly TimelineResource[],
): Promise<Result<ResourceMap>> {
  // How far an order is stands in a Task; whoever reads none sees the order alone.
  const isShown = (each: Reference | undefined) =>
    each?.reference?.startsWith("Task/") !== true || may(actor, "Task", "read");
  const references = resources.flatMap(timelineReferences).filter(isShown);
  const results = references.filter((each) => each?.reference?.includes("Observation/"));
  return fetchMissing(record, [...results, ...withoutDisplay(references)]);
}
