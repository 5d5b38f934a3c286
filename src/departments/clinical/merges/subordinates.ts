import { linkActor, may } from "#access";
import { expectOk, type JsonObject, limits, ok, type Result } from "#kernel";
import { type HealthRecord, type Key, type Operation, parseJson, type Version } from "#record";
import { compartmentMembers, narrowerThan } from "#standards/fhir";
import type { Forest } from "./forest.ts";
import { rehomed } from "./recorded-for.ts";

/** The actor whose hands move resources: merges come over links. */
export const mergesActor = linkActor("merges");

/** Kinds that have a patient, and what they are found by; without those that tell of what has happened. */
const kinds = compartmentMembers("Patient")
  .filter(({ type }) => !["Patient", "Person", "Group"].includes(type) && may(mergesActor, type, "update"))
  .map(({ type, parameters }) => ({ type, parameters: parameters.map((name) => indexedAs(type, name)) }));

/** References to patients stand in the index under `patient`, where a type has that beside `subject`. */
function indexedAs(type: string, name: string): string {
  const narrower = narrowerThan(type, name);
  return narrower?.target === "Patient" ? narrower.code : name;
}

/** Searches for what belongs to a patient that are under way at once. */
const searchesAtOnce = 8;

/** Resources that stand under these patients, at most `limit` and one more. Problems: those of the record. */
export async function subordinatesOf(
  record: HealthRecord,
  patients: readonly string[],
  limit: number,
): Promise<Result<readonly Version[]>> {
  const found: Version[] = [];
  for (let at = 0; at < kinds.length && found.length <= limit; at += searchesAtOnce) {
    const pages = await Promise.all(
      kinds.slice(at, at + searchesAtOnce).map(({ type, parameters }) =>
        record.search({
          kind: type,
          all: [{ is: "key", any: parameters.flatMap((name) => patients.map((patient) => `${name}=${patient}`)) }],
          sort: { by: "updated", descending: false },
          limit: Math.min(limit + 1, limits.pageSizeMax),
        }),
      ),
    );
    for (const page of pages) {
      if (!page.ok) return page;
      found.push(...page.value.versions);
    }
  }
  return ok(found.slice(0, limit + 1));
}

export interface Move extends Key {
  /** Which it becomes. */
  readonly version: number;
  readonly operation: Operation;
}

/** The writes that put resources under the patients that stand for those whom they were recorded for. */
export function movesOf(versions: readonly Version[], forest: Forest): readonly Move[] {
  const known = new Set(forest.patients);
  const homeOf = (patient: string) => (known.has(patient) ? forest.rootOf(patient) : undefined);
  return versions.flatMap(({ kind, id, version, body }) => {
    const resource = expectOk(parseJson(body)) as JsonObject;
    const moved = rehomed(resource, homeOf);
    if (moved === resource) return [];
    const operation: Operation = { action: "update", kind, id, body: moved, ifMatch: version };
    return [{ kind, id, version: version + 1, operation }];
  });
}
