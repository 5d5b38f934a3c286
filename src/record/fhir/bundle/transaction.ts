import { type Clock, type Ids, type JsonObject, limits, ok, okUnless, type Problem, type Result } from "#kernel";
import { keyText } from "../../documents/document.ts";
import type { Outcome } from "../../documents/operation.ts";
import type { HealthRecord } from "../../health-record.ts";
import { isRace } from "../condition.ts";
import { type Draft, draftOf } from "./draft.ts";
import { type BundleEntry, inEntry, readBundle } from "./entry.ts";
import { lookUp } from "./looked-up.ts";
import { type Plan, planOf, type Step } from "./plan.ts";

export interface TransactionNeeds {
  readonly record: HealthRecord;
  readonly ids: Ids;
  readonly clock: Clock;
  /** The address of this server, below which entries may name theirs in full. */
  readonly base?: string;
}

/** One for each entry, in their order; undefined where nothing was to be written: a GET, or the deletion of nothing. */
export type EntryOutcomes = readonly (Outcome | undefined)[];

/**
 * Writes all entries of a transaction Bundle or none, in one commit. Entries that read are left to the caller.
 * Problems, each with its place in the Bundle: of the Bundle, of its resources, of conditions, and those of the record.
 * Source: FHIR R4 §3.1.0.11.2 (transaction).
 */
export async function transactBundle(bundle: JsonObject, needs: TransactionNeeds): Promise<Result<EntryOutcomes>> {
  const read = readBundle(bundle, needs.base);
  return read.ok ? transactEntries(read.value.entries, needs) : read;
}

export async function transactEntries(
  given: readonly Result<BundleEntry>[],
  needs: TransactionNeeds,
): Promise<Result<EntryOutcomes>> {
  const entries = given.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const problems = given.flatMap((entry) => (entry.ok ? [] : entry.problems));
  const draft =
    problems.length > 0
      ? okUnless(problems, undefined as never)
      : draftOf(entries, { base: needs.base, now: needs.clock.now() });
  if (!draft.ok) return draft;
  let gone: ReadonlySet<number> = new Set();
  for (let attempt = 1; ; attempt += 1) {
    const plan = await planNow(draft.value, needs);
    if (!plan.ok) return plan;
    const steps = plan.value.steps.filter(({ index }) => !gone.has(index));
    const result = await needs.record.transact({ operations: steps.map(({ operation }) => operation) });
    if (result.ok) return ok(inEntryOrder(given.length, { ...plan.value, steps }, result.value));
    const again = attempt < limits.conditionalAttemptsMax ? retryOf(steps, result.problems[0]) : "no";
    if (again === "no")
      return okUnless(
        result.problems.map((problem) => placedProblem(steps, problem)),
        undefined as never,
      );
    if (again === "without-absent") gone = await absentDeletions(needs.record, steps);
  }
}

async function planNow(draft: Draft, { record, ids, base }: TransactionNeeds): Promise<Result<Plan>> {
  const lookedUp = await lookUp(draft, record);
  return lookedUp.ok ? planOf(draft, { ids, base, ...lookedUp.value }) : lookedUp;
}

function inEntryOrder(length: number, { steps, found }: Plan, outcomes: readonly Outcome[]): EntryOutcomes {
  const ordered: (Outcome | undefined)[] = Array.from({ length });
  for (const [index, version] of found) ordered[index] = { effect: "none", version };
  const answered = new Set<number>();
  for (const [at, { index }] of steps.entries()) {
    // A conditional delete of several has no one version to tell of.
    ordered[index] = answered.has(index) ? undefined : outcomes[at];
    answered.add(index);
  }
  return ordered;
}

/** What to do about a failed commit: plan again because others wrote meanwhile, or leave out deletions of nothing. */
function retryOf(steps: readonly Step[], problem: Problem): "no" | "anew" | "without-absent" {
  const step = stepOf(steps, problem);
  if (step?.isGuarded === true && isRace(problem)) return "anew";
  const { operation } = step ?? {};
  const isAbsent =
    operation?.action === "delete" && operation.ifMatch === undefined && problem.category === "not-found";
  return isAbsent ? "without-absent" : "no";
}

/** What is not there is as good as deleted. */
async function absentDeletions(record: HealthRecord, steps: readonly Step[]): Promise<ReadonlySet<number>> {
  const deletions = steps.flatMap(({ index, operation }) =>
    operation.action === "delete" ? [{ index, kind: operation.kind, id: operation.id }] : [],
  );
  const read = await record.readMany(deletions);
  const present = new Set(read.ok ? read.value.map(keyText) : []);
  return new Set(deletions.filter((key) => !present.has(keyText(key))).map(({ index }) => index));
}

const operationPlace = /^operation\[(\d+)\](?:: )?/;

function stepOf(steps: readonly Step[], { where = "" }: Problem): Step | undefined {
  const place = operationPlace.exec(where)?.[1];
  if (place !== undefined) return steps[Number(place)];
  if (steps.length === 1) return steps[0];
  // Beside entries for the audit log, the record sees a single operation and does not number it.
  const type = /^[A-Z][A-Za-z]+/.exec(where)?.[0];
  const ofType = steps.filter(({ operation }) => operation.kind === type);
  return ofType.length === 1 ? ofType[0] : undefined;
}

function placedProblem(steps: readonly Step[], problem: Problem): Problem {
  const step = stepOf(steps, problem);
  if (step === undefined) return { ...problem, where: "Bundle" };
  const inner = problem.where?.replace(operationPlace, "") ?? "";
  const { where: _where, ...rest } = problem;
  return inEntry(step.index, inner === "" ? rest : { ...rest, where: inner });
}
