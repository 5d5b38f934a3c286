import { failed, isJsonObject, type Json, type JsonObject, ok, type Problem, type Result } from "#kernel";
import { type Key, keyText } from "../../documents/document.ts";
import type { HealthRecord } from "../../health-record.ts";
import { type TransactionNeeds, transactBundle } from "../bundle/transaction.ts";
import { repeatableBundle } from "./repeatable-bundle.ts";

/** What became of what was loaded. */
export interface Loaded {
  readonly written: number;
  /** The same was there already. */
  readonly unchanged: number;
  /** What was not taken, with its place. */
  readonly problems: readonly Problem[];
}

export interface BundleLoadNeeds extends Omit<TransactionNeeds, "base"> {
  /** Whether these are in the record: so a Bundle that was loaded before costs next to nothing. */
  isThere(key: Key): Promise<boolean>;
}

/**
 * Loads the resources of a Bundle so that doing it again neither doubles nor misses any: what it creates has ids made of
 * `name`, which is the same for the same content. A transaction is written whole or not at all, a batch entry by entry.
 * Problems: busy and unavailable, when it may succeed later; everything else is among `problems`.
 */
export async function loadBundle(bundle: JsonObject, name: string, needs: BundleLoadNeeds): Promise<Result<Loaded>> {
  const entries = Array.isArray(bundle.entry) ? (bundle.entry as readonly Json[]) : [];
  if (bundle.type !== "batch") return loadWhole(bundle, name, needs);
  let loaded: Loaded = { written: 0, unchanged: 0, problems: [] };
  for (const [index, entry] of entries.entries()) {
    const one = await loadWhole({ ...bundle, type: "transaction", entry: [entry] }, `${name}-${index}`, needs);
    if (!one.ok) return one;
    const problems = one.value.problems.map((problem) => inEntryOfBatch(index, problem));
    loaded = sumOf(loaded, { ...one.value, problems });
  }
  return ok(loaded);
}

export function sumOf(one: Loaded, other: Loaded): Loaded {
  return {
    written: one.written + other.written,
    unchanged: one.unchanged + other.unchanged,
    problems: [...one.problems, ...other.problems],
  };
}

async function loadWhole(given: JsonObject, name: string, needs: BundleLoadNeeds): Promise<Result<Loaded>> {
  const { bundle, made } = repeatableBundle(given, name);
  const count = Array.isArray(bundle.entry) ? bundle.entry.length : 0;
  if (count === 0 && isJsonObject(given)) return ok({ written: 0, unchanged: 0, problems: [] });
  const all = ok({ written: 0, unchanged: count, problems: [] });
  const [first] = made.values();
  if (first !== undefined && (await needs.isThere(first))) return all;
  const outcomes = await transactBundle(bundle, needs);
  if (outcomes.ok) {
    const written = outcomes.value.filter((outcome) => outcome !== undefined && outcome.effect !== "none").length;
    return ok({ written, unchanged: count - written, problems: [] });
  }
  const { problems } = outcomes;
  if (problems.some((problem) => isOwnConflict(problem, made))) return all;
  if (problems.some(isForLater)) return failed(...problems);
  return ok({ written: 0, unchanged: 0, problems });
}

/** A resource under an id that was made of the content can only be there when the content was loaded before. */
function isOwnConflict({ code, where = "" }: Problem, made: ReadonlyMap<number, Key>): boolean {
  const index = /^Bundle\.entry\[(\d+)\]/.exec(where)?.[1];
  return code === "version-conflict" && index !== undefined && made.has(Number(index));
}

/** What is no fault of the content, and may succeed at another time. */
export function isForLater({ category }: Problem): boolean {
  return category === "busy" || category === "unavailable" || category === "fault";
}

function inEntryOfBatch(index: number, problem: Problem): Problem {
  return { ...problem, where: (problem.where ?? "").replace(/^Bundle(?:\.entry\[0\])?/, `Bundle.entry[${index}]`) };
}

/** Asks the record without a trace in the audit log: for the composition root, which holds it whole. */
export function presenceIn(record: HealthRecord): (key: Key) => Promise<boolean> {
  return async (key) => {
    const found = await record.readMany([key]);
    return found.ok && found.value.some((version) => keyText(version) === keyText(key));
  };
}
