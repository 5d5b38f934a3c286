import { failed, forbidden, ok, type Result } from "#kernel";
import { type HealthRecord, keyText } from "#record";
import type { FhirResource } from "#standards/v2-to-fhir";

/**
 * What a message speaks of as it may be told to others, in the same order, its first resource first. Problems: forbidden
 * `not-to-be-disclosed` where something of it may not, with its kind: then nothing of the message is told, for whoever gets a report
 * without one of its results takes it for whole; those of the record.
 */
export async function disclosable(
  record: Pick<HealthRecord, "readMany">,
  resources: readonly FhirResource[],
): Promise<Result<readonly FhirResource[]>> {
  const keys = resources.map(({ resourceType, id }) => ({ kind: String(resourceType), id: String(id) }));
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  const shown = new Map(read.value.map((version) => [keyText(version), JSON.parse(version.body) as FhirResource]));
  const withheld = keys.filter((key) => !shown.has(keyText(key))).map(({ kind }) => kind);
  if (withheld.length === 0) return ok(keys.flatMap((key) => shown.get(keyText(key)) ?? []));
  const kinds = [...new Set(withheld)].toSorted().join(", ");
  const text = `What it tells of may not be disclosed, by a label or by what the patient said: ${kinds}.`;
  return failed(forbidden("not-to-be-disclosed", text, { where: kinds }));
}
