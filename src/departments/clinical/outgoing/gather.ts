import { ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import type { FhirResource } from "#standards/v2-to-fhir";

/** Kinds whose content goes into a message about an order or a report. */
const told: ReadonlySet<string> = new Set([
  "Patient",
  "Encounter",
  "Location",
  "Practitioner",
  "PractitionerRole",
  "Organization",
  "Specimen",
  "Observation",
  "ServiceRequest",
  "Condition",
]);

/** From a report to its order, its requester's role, and their organisation. */
const stepsMax = 4;
/** More than any message tells of; what is beyond is not read, and is missing in the message. */
const resourcesMax = 2_000;

/**
 * What a resource speaks of, as the record has it, and what that speaks of: everything that a message about it tells. What is
 * deleted or not there is left out. Problems: those of the record.
 */
export async function gathered(
  record: Pick<HealthRecord, "readMany">,
  first: FhirResource,
): Promise<Result<readonly FhirResource[]>> {
  const known = new Map<string, FhirResource>([[`${first.resourceType}/${String(first.id)}`, first]]);
  const asked = new Set(known.keys());
  let wanted = referencesIn(first);
  for (let step = 0; step < stepsMax && wanted.length > 0 && known.size < resourcesMax; step += 1) {
    const missing = wanted.filter((reference) => !asked.has(reference)).slice(0, resourcesMax - known.size);
    for (const reference of missing) asked.add(reference);
    if (missing.length === 0) break;
    const read = await record.readMany(missing.map(keyOf));
    if (!read.ok) return read;
    const found = read.value.map(({ body }) => JSON.parse(body) as FhirResource);
    for (const resource of found) known.set(`${resource.resourceType}/${String(resource.id)}`, resource);
    // Orders and results of others, which a report's order or a visit may name, are no part of it.
    wanted = found.filter(({ resourceType }) => resourceType !== "Patient").flatMap(referencesIn);
  }
  return ok([...known.values()]);
}

function keyOf(reference: string) {
  const [kind = "", id = ""] = reference.split("/");
  return { kind, id };
}

function referencesIn(json: unknown): readonly string[] {
  if (Array.isArray(json)) return [...new Set(json.flatMap(referencesIn))];
  if (typeof json !== "object" || json === null) return [];
  const found = Object.entries(json).flatMap(([key, each]) =>
    key === "reference" && typeof each === "string" ? relative(each) : referencesIn(each),
  );
  return [...new Set(found)];
}

function relative(reference: string): readonly string[] {
  const [, kind = "", id = ""] = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]+)(?:\/_history\/\d+)?$/.exec(reference) ?? [];
  return told.has(kind) ? [`${kind}/${id}`] : [];
}
