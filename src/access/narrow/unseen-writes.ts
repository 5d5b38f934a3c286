import { conflict, forbidden, notFound, ok, type Problem, type Result } from "#kernel";
import { type Clause, indexEntriesOf, type Key, type Operation, satisfies, type Version } from "#record";
import { isFhirKind } from "../policies/index.ts";
import { aboutOf } from "../visibility/about-patients.ts";
import { seenVersions } from "../visibility/judge.ts";
import { isRelated } from "../visibility/relationship-rule.ts";
import type { View } from "./view.ts";

/**
 * Why operations may not be done by somebody who does not see every document. What they do not see is neither changed, nor
 * deleted, nor told of: a deletion finds nothing, and whatever else would meet it is refused without saying why.
 */
export async function unseenProblem(
  view: View,
  operations: readonly Operation[],
): Promise<Result<Problem | undefined>> {
  for (const [index, operation] of operations.entries()) {
    if (operation.kind === "AuditEvent") continue;
    const own = await problemOf(view, operation);
    const problem = own.ok && own.value === undefined ? await patientProblem(view, operation, operations) : own;
    if (!problem.ok) return problem;
    const where = operations.length === 1 ? {} : { where: `operation[${index}]` };
    if (problem.value !== undefined) return ok({ ...problem.value, ...where });
  }
  return ok(undefined);
}

async function problemOf(view: View, operation: Operation): Promise<Result<Problem | undefined>> {
  const limit = view.actor.constraints?.get(operation.kind)?.[operation.action];
  if (limit !== undefined && operation.action !== "delete" && !isWithin(operation, limit)) return ok(outsideScopes);
  const conditions = await view.visibility.of(operation.kind, "read");
  if (!conditions.ok) return conditions;
  const isOpen = conditions.value.length === 0 && limit === undefined;
  if (isOpen) return ok(undefined);
  const met = await metBy(view, operation);
  if (!met.ok || met.value.length === 0) return met.ok ? ok(undefined) : met;
  const seen = await seenVersions(view, met.value, "read");
  if (!seen.ok) return seen;
  const isHidden = seen.value.length < met.value.length;
  if (isHidden && operation.action === "delete") {
    return ok(notFound("not-found", `There is no ${operation.kind}/${operation.id}.`));
  }
  if (isHidden) return ok(refusedWrite);
  const isBeyond = limit !== undefined && !met.value.every((version) => isVersionWithin(version, limit));
  return ok(isBeyond ? outsideScopes : undefined);
}

/** What stands in the record where the operation would write, or would be told of instead. */
async function metBy({ record }: View, operation: Operation): Promise<Result<readonly Version[]>> {
  const named: readonly Key[] = operation.id === undefined ? [] : [{ kind: operation.kind, id: operation.id }];
  const standing = named.length === 0 ? ok([]) : await record.readMany(named);
  if (!standing.ok || operation.action !== "create" || operation.ifNoneExist === undefined) return standing;
  const page = await record.search({
    kind: operation.kind,
    all: operation.ifNoneExist.keys.map((key): Clause => ({ is: "key", any: [key] })),
    sort: { by: "updated", descending: true },
    limit: 2,
  });
  return page.ok ? ok([...standing.value, ...page.value.versions]) : page;
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
async function patientProblem(
  view: View,
  operation: Operation,
  beside: readonly Operation[],
): Promise<Result<Problem | undefined>> {
  const { kind } = operation;
  const about = aboutOf(kind);
  if (operation.action === "delete" || typeof about === "string") return ok(undefined);
  const conditions = await view.visibility.of("Patient", "read");
  if (!conditions.ok || conditions.value.length === 0) return conditions.ok ? ok(undefined) : conditions;
  const written = new Set(beside.map(({ kind: other, id }) => `${other}/${id}`));
  const named = indexEntriesOf(kind, operation.body).references.flatMap((reference) => {
    const [parameter = "", target = ""] = reference.split("=");
    return about.includes(parameter) && target.startsWith("Patient/") && !written.has(target) ? [target] : [];
  });
  if (named.length === 0) return ok(undefined);
  const keys = [...new Set(named)].map((target): Key => ({ kind: "Patient", id: target.slice("Patient/".length) }));
  const standing = await view.record.readMany(keys);
  if (!standing.ok) return standing;
  const seen = await seenVersions(view, standing.value, "read");
  if (!seen.ok) return seen;
  const expected = isRelated({ actor: view.actor, kind: "Patient", action: "read" })
    ? keys.length
    : standing.value.length;
  return ok(seen.value.length < expected ? refusedWrite : undefined);
}

const refusedWrite = conflict("write-refused", "This cannot be written here.");
const outsideScopes = forbidden("outside-scopes", "The scopes of your token do not allow writing this.");
