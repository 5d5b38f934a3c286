import { ok, type Result } from "#kernel";
import type { HealthRecord, Key } from "#record";
import type { Reference } from "#standards/fhir";
import { ResourceMap, relative } from "./resource-map.ts";

/**
 * Reads what the references point at and the map has not yet, in one round trip, and adds it. References to elsewhere,
 * and to what does not exist or may not be seen, are passed over.
 */
export async function fetchMissing(
  record: HealthRecord,
  references: readonly (Reference | undefined)[],
  resources = new ResourceMap(),
): Promise<Result<ResourceMap>> {
  const keys = new Map<string, Key>();
  for (const reference of references) {
    const key = keyOf(reference?.reference);
    if (key !== undefined && !resources.has(`${key.kind}/${key.id}`)) keys.set(`${key.kind}/${key.id}`, key);
  }
  if (keys.size === 0) return ok(resources);
  const versions = await record.readMany([...keys.values()]);
  if (!versions.ok) return versions;
  resources.add(versions.value);
  return ok(resources);
}

/** References that bring no words of their own. */
export function withoutDisplay(references: readonly (Reference | undefined)[]): readonly (Reference | undefined)[] {
  return references.filter((reference) => reference?.display === undefined);
}

function keyOf(reference: string | undefined): Key | undefined {
  const [kind = "", id] = relative(reference ?? "").split("/");
  return id !== undefined && /^[A-Z]/.test(kind) ? { kind, id } : undefined;
}
