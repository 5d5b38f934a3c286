import type { Context } from "#access";
import { ok, type Result } from "#kernel";
import { parseBody } from "#record";
import type { Patient } from "#standards/fhir";

/**
 * `OSEI, Abena` by reference, of those patients whom the actor may see and who have a name; that they were looked at is in
 * the log. Problems: those of the record.
 */
export async function patientNames(
  { record }: Context,
  references: readonly string[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const ids = [...new Set(references)].map((reference) => reference.slice("Patient/".length));
  if (ids.length === 0) return ok(new Map());
  const read = await record.readMany(ids.map((id) => ({ kind: "Patient", id })));
  if (!read.ok) return read;
  const names = read.value.map((version) => {
    const [first] = parseBody<Patient>(version).name ?? [];
    const parts = [first?.family?.toUpperCase(), first?.given?.join(" ")];
    return [`Patient/${version.id}`, parts.filter((part) => part !== undefined).join(", ")] as const;
  });
  return ok(new Map(names.filter(([, name]) => name !== "")));
}
