import { type JsonObject, ok, type Result } from "#kernel";
import { type HealthRecord, type Key, keyText, parseBody, type Version } from "#record";

/** A Binary is written together with what names it; of very many writings of the same one, the newest count. */
const writingsMax = 20;

const referencePattern = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/\d+)?$/;

/**
 * The documents whose content a Binary is: what its security context names, else those that were written together with it
 * (as Provenance says) and name it. A Binary that nothing names belongs to nobody.
 */
export async function documentsNaming(record: HealthRecord, id: string): Promise<Result<readonly Version[]>> {
  const read = await record.readMany([{ kind: "Binary", id }]);
  if (!read.ok) return read;
  const [binary] = read.value;
  const context = binary && keyOf(parseBody<JsonObject & { securityContext?: JsonObject }>(binary).securityContext);
  if (context !== undefined) return record.readMany([context]);
  const written = await record.search({
    kind: "Provenance",
    all: [{ is: "key", any: [`target=Binary/${id}`] }],
    sort: { by: "updated", descending: true },
    limit: writingsMax,
  });
  if (!written.ok) return written;
  const companions = new Map<string, Key>();
  for (const version of written.value.versions) {
    for (const target of parseBody<{ target: readonly JsonObject[] }>(version).target) {
      const key = keyOf(target);
      if (key !== undefined && key.kind !== "Binary") companions.set(keyText(key), key);
    }
  }
  if (companions.size === 0) return ok([]);
  const found = await record.readMany([...companions.values()]);
  return found.ok ? ok(found.value.filter(({ body }) => body.includes(`Binary/${id}"`))) : found;
}

function keyOf(reference: JsonObject | undefined): Key | undefined {
  const [, kind, id] = referencePattern.exec(String(reference?.reference ?? "")) ?? [];
  return kind === undefined || id === undefined ? undefined : { kind, id };
}
