import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { parseBody } from "#record";
import type { AllergyIntolerance, Encounter, Patient } from "#standards/fhir";
import type { PatientBanner } from "../api.ts";
import { anyKey, newestFirst, ofPatient } from "../clauses.ts";
import { bannerOf } from "./banner.ts";
import { openStatuses } from "./encounter.ts";
import { fetchMissing, withoutDisplay } from "./fetch-missing.ts";

export async function fetchBanner(
  { record, clock, hospitalTime }: Context,
  patientId: string,
): Promise<Result<PatientBanner>> {
  const position = await record.position();
  const [patient, allergies, encounters] = await Promise.all([
    record.read("Patient", patientId),
    record.search(newestFirst({ kind: "AllergyIntolerance", all: [ofPatient(patientId)], limit: limits.pageSizeMax })),
    record.search(
      newestFirst({
        kind: "Encounter",
        all: [ofPatient(patientId), anyKey(...openStatuses.map((status) => `status=${status}`))],
        limit: limits.pageSizeMax,
      }),
    ),
  ]);
  if (!patient.ok) return patient;
  if (!allergies.ok) return allergies;
  if (!encounters.ok) return encounters;
  const body = parseBody<Patient>(patient.value);
  const open = encounters.value.versions.map(parseBody<Encounter>);
  const places = open.flatMap((encounter) => encounter.location ?? []).map((each) => each.location);
  const people = open.flatMap((encounter) => encounter.participant ?? []).map((each) => each.individual);
  const named = withoutDisplay([...places, ...people, body.generalPractitioner?.[0]]);
  const resources = await fetchMissing(record, named);
  if (!resources.ok) return resources;
  return ok(
    bannerOf({
      patient: body,
      allergies: allergies.value.versions.map(parseBody<AllergyIntolerance>),
      encounters: open,
      nameOf: resources.value.nameOf,
      now: clock.now(),
      hospitalTime,
      version: patient.value.version,
      position,
    }),
  );
}
