import { type HospitalTime, limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Query, type Version } from "#record";
import type { DiagnosticReport, Observation } from "#standards/fhir";
import type { Result as ResultView } from "../api.ts";
import { anyKey, newestFirst, ofPatient } from "../clauses.ts";
import { fetchEarlier, fetchObservationParts } from "./fetch-panels.ts";
import { ResourceMap, relative } from "./resource-map.ts";
import { resultOf } from "./result.ts";

/** The results that came into the record last. */
export function newestResultsQuery(patientId: string): Query {
  return newestFirst({ kind: "Observation", all: [ofPatient(patientId)], limit: limits.unreportedLookMax });
}

export interface UnreportedQuestion {
  readonly patientId: string;
  readonly hospitalTime: HospitalTime;
  readonly newest: readonly Version[];
  /** Reports that are at hand: what is in them need not be looked for. */
  readonly reports: readonly Version[];
}

/** Of the newest results those that no report names and that are no part of another result. */
export async function fetchUnreported(
  record: HealthRecord,
  { patientId, hospitalTime, newest, reports }: UnreportedQuestion,
): Promise<Result<readonly ResultView[]>> {
  const candidates = withoutReported(newest, reports);
  if (candidates.length === 0) return ok([]);
  const others = await record.search(
    newestFirst({
      kind: "DiagnosticReport",
      all: [anyKey(...candidates.map(({ id }) => `result=Observation/${id}`))],
      limit: limits.pageSizeMax,
    }),
  );
  if (!others.ok) return others;
  const loose = withoutReported(candidates, others.value.versions);
  const resources = await fetchObservationParts(record, new ResourceMap(loose));
  if (!resources.ok) return resources;
  const earlier = await fetchEarlier(record, resources.value);
  if (!earlier.ok) return earlier;
  const source = { patientId, hospitalTime, resources: resources.value, earlier: earlier.value };
  return ok(wholes(loose.map(parseBody<Observation>)).map((observation) => resultOf(observation, source)));
}

function withoutReported(results: readonly Version[], reports: readonly Version[]): readonly Version[] {
  const references = reports.flatMap((version) => parseBody<DiagnosticReport>(version).result ?? []);
  const reported = new Set(references.map((each) => relative(each.reference ?? "")));
  return results.filter(({ id }) => !reported.has(`Observation/${id}`));
}

function wholes(observations: readonly Observation[]): readonly Observation[] {
  const members = observations.flatMap((observation) => observation.hasMember ?? []);
  const parts = new Set(members.map((member) => relative(member.reference ?? "")));
  return observations.filter((observation) => !parts.has(`Observation/${observation.id}`));
}
