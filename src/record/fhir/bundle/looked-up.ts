import { failed, ok, okUnless, type Problem, type Result } from "#kernel";
import type { Version } from "../../documents/document.ts";
import type { HealthRecord } from "../../health-record.ts";
import { findMatch, type Match } from "../condition.ts";
import { findMatches } from "../interactions/remove.ts";
import type { Draft } from "./draft.ts";
import { inEntry } from "./entry.ts";
import { inParallel } from "./in-parallel.ts";
import type { Intent } from "./intent.ts";

/** What the record holds of what a draft names. */
export interface LookedUp {
  /** By the text of the condition. */
  readonly matches: ReadonlyMap<string, Match>;
  /** What conditional deletes and patches by id concern, by the index of their entry. */
  readonly versions: ReadonlyMap<number, readonly Version[]>;
}

/** Problems, with their places: those of searches and readings. */
export async function lookUp(draft: Draft, record: HealthRecord): Promise<Result<LookedUp>> {
  const problems: Problem[] = [];
  const matches = new Map<string, Match>();
  const versions = new Map<number, readonly Version[]>();
  await inParallel([...draft.conditions], async ([text, { condition, where }]) => {
    const match = await findMatch(record, condition);
    if (match.ok) matches.set(text, match.value);
    else problems.push({ ...match.problems[0], where });
  });
  await inParallel(draft.intents, async (intent) => {
    const found = await versionsFor(intent, record);
    if (found === undefined) return;
    if (found.ok) versions.set(intent.index, found.value);
    else problems.push(inEntry(intent.index, found.problems[0]));
  });
  return okUnless(problems, { matches, versions });
}

async function versionsFor(intent: Intent, record: HealthRecord): Promise<Result<readonly Version[]> | undefined> {
  if (intent.does === "delete" && typeof intent.target !== "string") return findMatches(record, intent.target);
  if (intent.does !== "patch" || typeof intent.target !== "string") return undefined;
  const read = await record.read(intent.type, intent.target);
  return read.ok ? ok([read.value]) : failed(read.problems[0]);
}
