import { isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import type { HealthRecord, Version } from "#record";
import { withReferencesNamed } from "../merges/known-ids.ts";
import type { Plan, Planned } from "../messages/plan.ts";
import { identifierKeys } from "../patients/match.ts";
import { subjectElements } from "./places.ts";

/**
 * The plan with the ids of what the record has by the same number for the same patient, whoever has written it: an order that
 * was placed here is completed by its report, and is not another. What is told of twice under one number keeps its own id.
 * Problems: those of the record.
 */
export async function withRecordedNumbers(
  plan: Plan,
  { record, subject }: { readonly record: HealthRecord; readonly subject: string },
): Promise<Result<Plan>> {
  const kinds = Map.groupBy(
    plan.filter((planned) => keysOf(planned).length > 0),
    ({ resource }) => resource.resourceType,
  );
  const names = new Map<string, string>();
  for (const [kind, numbered] of kinds) {
    const sight = await record.look({ keys: [], carriers: { kind, keys: numbered.flatMap(keysOf) } });
    if (!sight.ok) return sight;
    const theirs = sight.value.carriers.filter((version) => subjectOf(version) === subject);
    for (const [from, to] of pairsOf(numbered, theirs)) names.set(`${kind}/${from}`, `${kind}/${to}`);
  }
  return ok(names.size === 0 ? plan : plan.map((planned) => renamed(planned, names)));
}

function keysOf({ resource }: Planned): readonly string[] {
  return [...identifierKeys(resource as Parameters<typeof identifierKeys>[0])];
}

function subjectOf({ body }: Version): Json | undefined {
  const resource = JSON.parse(body) as JsonObject;
  const subject = subjectElements.map((name) => resource[name]).find(isJsonObject);
  return subject?.reference;
}

/** From the id that it would have to the one that it has, where each is the only one of the other. */
function pairsOf(numbered: readonly Planned[], recorded: readonly Version[]): readonly (readonly [string, string])[] {
  const pairs = numbered.flatMap((planned) => {
    const keys = new Set(keysOf(planned));
    const same = recorded.filter(({ body }) => [...identifierKeys(JSON.parse(body))].some((key) => keys.has(key)));
    const [only, other] = same;
    return only === undefined || other !== undefined ? [] : [[planned.id, only.id] as const];
  });
  return pairs.filter(([, to]) => pairs.filter(([, each]) => each === to).length === 1);
}

function renamed(planned: Planned, names: ReadonlyMap<string, string>): Planned {
  const kind = planned.resource.resourceType;
  const id = (names.get(`${kind}/${planned.id}`) ?? `${kind}/${planned.id}`).slice(kind.length + 1);
  const resource = withReferencesNamed(planned.resource as unknown as Json, names);
  return { ...planned, ...ownerOf(planned, names), id, resource } as unknown as Planned;
}

/** What a companion goes with. */
function ownerOf(planned: Planned, names: ReadonlyMap<string, string>): { readonly of?: string } {
  if (planned.rule !== "companion") return {};
  const kinds = ["DiagnosticReport", "Observation", "DocumentReference"];
  const [name] = kinds.flatMap((kind) => names.get(`${kind}/${planned.of}`) ?? []);
  return name === undefined ? {} : { of: name.slice(name.indexOf("/") + 1) };
}
