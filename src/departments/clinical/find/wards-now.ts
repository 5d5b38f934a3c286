import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Encounter } from "#standards/fhir";
import { currentEncounter, encounterLocation, openStatuses } from "../chart/encounter.ts";
import { fetchMissing, withoutDisplay } from "../chart/fetch-missing.ts";
import { type ResourceMap, relative } from "../chart/resource-map.ts";
import { anyKey, newestFirst } from "../clauses.ts";

/** Where each of these patients is now, for those in an open stay or visit. Two round trips at most. */
export async function wardsNow(
  record: HealthRecord,
  patientIds: readonly string[],
): Promise<Result<ReadonlyMap<string, string>>> {
  if (patientIds.length === 0) return ok(new Map());
  const page = await record.search(
    newestFirst({
      kind: "Encounter",
      all: [
        anyKey(...patientIds.map((id) => `patient=Patient/${id}`)),
        anyKey(...openStatuses.map((status) => `status=${status}`)),
      ],
      limit: limits.pageSizeMax,
    }),
  );
  if (!page.ok) return page;
  const encounters = page.value.versions.map(parseBody<Encounter>);
  const places = encounters.flatMap((encounter) => encounter.location ?? []).map((each) => each.location);
  const resources = await fetchMissing(record, withoutDisplay(places));
  if (!resources.ok) return resources;
  return ok(new Map(patientIds.flatMap((id) => wardOf(id, encounters, resources.value))));
}

function wardOf(id: string, encounters: readonly Encounter[], { nameOf }: ResourceMap): readonly [string, string][] {
  const own = encounters.filter((encounter) => relative(encounter.subject?.reference ?? "") === `Patient/${id}`);
  const current = currentEncounter(own);
  const ward = current === undefined ? undefined : encounterLocation(current, nameOf);
  return ward === undefined ? [] : [[id, ward]];
}
