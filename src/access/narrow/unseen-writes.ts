import { conflict, forbidden, notFound, ok, type Problem, type Result } from "#kernel";
import { type Clause, indexEntriesOf, keyText, type Operation, satisfies, type Version } from "#record";
import { isFhirKind } from "../policies/index.ts";
import { patientsNamed } from "../visibility/about-patients.ts";
import { seenNewest } from "../visibility/judge.ts";
import { isRelated } from "../visibility/relationship-rule.ts";
import type { Standing } from "./standing.ts";
import type { View } from "./view.ts";

/**
 * Why operations may not be done by somebody who does not see every document. What they do not see is neither changed, nor
 * deleted, nor told of: a deletion finds nothing, and whatever else would meet it is refused without saying why. What all of
 * them need to know is asked together, as there may be thousands.
 */
export async function unseenProblem(
  view: View,
  operations: readonly Operation[],
  standing: Standing,
): Promise<Result<Problem | undefined>> {
  const own = await ownProblems(view, operations, standing);
  if (!own.ok) return own;
  const ofPatients = await patientProblems(view, operations, standing);
  if (!ofPatients.ok) return ofPatients;
  for (const index of operations.keys()) {
    const problem = own.value.get(index) ?? ofPatients.value.get(index);
    if (problem === undefined) continue;
    return ok(operations.length === 1 ? problem : { ...problem, where: `operation[${index}]` });
  }
  return ok(undefined);
}

/** By the place of the operation. */
type Problems = ReadonlyMap<number, Problem>;

interface Asked {
  readonly index: number;
  readonly operation: Operation;
  /** What the actor's scopes limit such operations to. */
  readonly limit: Clause | undefined;
}

async function ownProblems(
  view: View,
  operations: readonly Operation[],
  standing: Standing,
): Promise<Result<Problems>> {
  const problems = new Map<number, Problem>();
  const asked: Asked[] = [];
  for (const [index, operation] of operations.entries()) {
    const limit = view.actor.constraints?.get(operation.kind)?.[operation.action];
    const conditions = await view.visibility.of(operation.kind, "read");
    if (!conditions.ok) return conditions;
    const isBeyond = limit !== undefined && operation.action !== "delete" && !isWithin(operation, limit);
    if (isBeyond) problems.set(index, outsideScopes);
    else if (conditions.value.length > 0 || limit !== undefined) asked.push({ index, operation, limit });
  }
  const met = await metBy(view, asked, standing);
  if (!met.ok) return met;
  const seen = await seenNewest(view, [...met.value.values()].flat(), "read");
  if (!seen.ok) return seen;
  const names = new Set(seen.value.map(keyText));
  for (const each of asked) {
    const problem = metProblem(each, met.value.get(each.index) ?? [], names);
    if (problem !== undefined) problems.set(each.index, problem);
  }
  return ok(problems);
}

/** `seen`: by `keyText`. */
function metProblem(
  { operation, limit }: Asked,
  met: readonly Version[],
  seen: ReadonlySet<string>,
): Problem | undefined {
  const isHidden = met.some((version) => !seen.has(keyText(version)));
  if (isHidden && operation.action === "delete") {
    return notFound("not-found", `There is no ${operation.kind}/${operation.id}.`);
  }
  if (isHidden) return refusedWrite;
  const isBeyond = limit !== undefined && !met.every((version) => isVersionWithin(version, limit));
  return isBeyond ? outsideScopes : undefined;
}

/** What stands in the record where the operations would write, or would be told of instead. */
async function metBy(
  { record }: View,
  asked: readonly Asked[],
  { versions }: Standing,
): Promise<Result<ReadonlyMap<number, readonly Version[]>>> {
  const met = new Map<number, readonly Version[]>();
  for (const { index, operation } of asked) {
    const { kind, id } = operation;
    const own = id === undefined ? undefined : versions.get(keyText({ kind, id }));
    const matching = await matchedBy(record, operation);
    if (!matching.ok) return matching;
    met.set(index, own === undefined ? matching.value : [own, ...matching.value]);
  }
  return ok(met);
}

/** What a condition of a create finds, which its writer would be told of. */
async function matchedBy(record: View["record"], operation: Operation): Promise<Result<readonly Version[]>> {
  if (operation.action !== "create" || operation.ifNoneExist === undefined) return ok([]);
  const page = await record.search({
    kind: operation.kind,
    all: operation.ifNoneExist.keys.map((key): Clause => ({ is: "key", any: [key] })),
    sort: { by: "updated", descending: true },
    limit: 2,
  });
  return page.ok ? ok(page.value.versions) : page;
}

/** What cannot be told from the document itself is not within. */
function isWithin({ kind, ...operation }: Exclude<Operation, { readonly action: "delete" }>, limit: Clause): boolean {
  if (!isFhirKind(kind)) return false;
  const version = { kind, id: operation.id ?? "", version: 0, position: 0, at: 0, action: "update", body: "" };
  return (
    satisfies({ version: version as unknown as Version, entries: indexEntriesOf(kind, operation.body) }, [limit]) ===
    true
  );
}

function isVersionWithin(version: Version, limit: Clause): boolean {
  const entries = indexEntriesOf(version.kind, JSON.parse(version.body));
  return satisfies({ version, entries }, [limit]) === true;
}

/**
 * Nothing is written about a patient whom its writer does not see. Who sees only their own patients is not told either whether
 * there is such a patient at all.
 */
async function patientProblems(
  view: View,
  operations: readonly Operation[],
  { versions }: Standing,
): Promise<Result<Problems>> {
  const conditions = await view.visibility.of("Patient", "read");
  if (!conditions.ok || conditions.value.length === 0) return conditions.ok ? ok(new Map()) : conditions;
  const written = new Set(operations.map(({ kind, id }) => `${kind}/${id}`));
  const named = operations.map((operation) =>
    operation.action === "delete"
      ? []
      : patientsNamed(operation.kind, operation.body).filter((id) => !written.has(`Patient/${id}`)),
  );
  const ids = new Set(named.flat());
  const standing = [...ids].flatMap((id) => versions.get(`Patient/${id}`) ?? []);
  const seen = await seenNewest(view, standing, "read");
  if (!seen.ok) return seen;
  const seenIds = new Set(seen.value.map(({ id }) => id));
  const isRefused = isRelated({ actor: view.actor, kind: "Patient", action: "read" })
    ? (id: string) => !seenIds.has(id)
    : (id: string) => !seenIds.has(id) && versions.has(`Patient/${id}`);
  return ok(new Map(named.flatMap((of, index) => (of.some(isRefused) ? [[index, refusedWrite] as const] : []))));
}

const refusedWrite = conflict("write-refused", "This cannot be written here.");
const outsideScopes = forbidden("outside-scopes", "The scopes of your token do not allow writing this.");
