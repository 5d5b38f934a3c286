import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { DiagnosticReport, Observation } from "#standards/fhir";
import type { Result as ResultView } from "../api.ts";
import { anyKey, newestFirst, ofPatient } from "../clauses.ts";
import { fetchEarlier, fetchObservationParts } from "./fetch-panels.ts";
import { ResourceMap, relative } from "./resource-map.ts";
import { resultOf } from "./result.ts";

/** Of the newest results those that no report names and that are no part of another result. */
export async function fetchUnreported(record: HealthRecord, patientId: string): Promise<Result<readonly ResultView[]>> {
  const newest = await record.search(
    newestFirst({
      kind: "Observation",
      all: [ofPatient(patientId)],
      newestBy: "date",
      limit: limits.unreportedLookMax,
    }),
  );
  if (!newest.ok || newest.value.versions.length === 0) return newest.ok ? ok([]) : newest;
  const { versions } = newest.value;
  const reports = await record.search(
    newestFirst({
      kind: "DiagnosticReport",
      all: [anyKey(...versions.map(({ id }) => `result=Observation/${id}`))],
      limit: limits.pageSizeMax,
    }),
  );
  if (!reports.ok) return reports;
  const reported = new Set(
    reports.value.versions.flatMap((version) =>
      (parseBody<DiagnosticReport>(version).result ?? []).map((each) => relative(each.reference ?? "")),
    ),
  );
  const loose = versions.filter(({ id }) => !reported.has(`Observation/${id}`));
  const resources = await fetchObservationParts(record, new ResourceMap(loose));
  if (!resources.ok) return resources;
  const earlier = await fetchEarlier(record, resources.value);
  if (!earlier.ok) return earlier;
  const source = { patientId, resources: resources.value, earlier: earlier.value };
  return ok(wholes(loose.map(parseBody<Observation>)).map((observation) => resultOf(observation, source)));
}

function wholes(observations: readonly Observation[]): readonly Observation[] {
  const members = observations.flatMap((observation) => observation.hasMember ?? []);
  const parts = new Set(members.map((member) => relative(member.reference ?? "")));
  return observations.filter((observation) => !parts.has(`Observation/${observation.id}`));
}
