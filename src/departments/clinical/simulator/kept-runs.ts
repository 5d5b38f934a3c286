import { failed, notFound, ok, type Result } from "#kernel";
import { blobOf, type Cursor, type HealthRecord, parseBody, type Version } from "#record";
import { newestFirst } from "../clauses.ts";
import { answerLines, readAnswerLines } from "./answer-lines.ts";
import type { WholeRun } from "./compare-runs.ts";
import type { Answer } from "./play.ts";
import { type SimulatorRun, simulatorRunKind } from "./simulator-run.ts";

export interface KeptRun extends SimulatorRun {
  readonly id: string;
}

/** Keeps a run that has begun; its id. Problems: those of the record. */
export async function keepBeginning(record: HealthRecord, run: SimulatorRun): Promise<Result<string>> {
  const kept = await record.transact({ operations: [{ action: "create", kind: simulatorRunKind, body: bodyOf(run) }] });
  if (!kept.ok) return kept;
  const [outcome] = kept.value;
  return ok(outcome?.version.id ?? "");
}

/** Keeps how a run ended, with every acknowledgement. Problems: those of the record. */
export async function keepEnd(
  record: HealthRecord,
  { id, ...run }: KeptRun,
  answers: readonly Answer[],
): Promise<Result<void>> {
  const blob = blobOf(answerLines(answers));
  const body = bodyOf({ ...run, answers: blob.hash });
  const kept = await record.transact({
    operations: [{ action: "update", kind: simulatorRunKind, id, body }],
    blobs: [blob],
  });
  return kept.ok ? ok(undefined) : kept;
}

/** Keeps a run that was played elsewhere. Problems: those of the record. */
export async function keepWholeRun(
  record: HealthRecord,
  run: SimulatorRun,
  answers: readonly Answer[],
): Promise<Result<string>> {
  const id = await keepBeginning(record, run);
  if (!id.ok) return id;
  const ended = await keepEnd(record, { ...run, id: id.value }, answers);
  return ended.ok ? id : ended;
}

export interface RunsPage {
  readonly runs: readonly KeptRun[];
  readonly next?: Cursor;
}

/** The last to change first. Problems: those of the record. */
export async function listRuns(
  record: HealthRecord,
  { limit, after }: { readonly limit: number; readonly after?: Cursor | undefined },
): Promise<Result<RunsPage>> {
  const page = await record.search(newestFirst({ kind: simulatorRunKind, all: [], limit, after }));
  if (!page.ok) return page;
  const { versions, next } = page.value;
  return ok({ runs: versions.map(keptRun), ...(next === undefined ? {} : { next }) });
}

/** Problems: not-found; those of the record. */
export async function readRun(record: HealthRecord, id: string): Promise<Result<KeptRun>> {
  const read = await record.read(simulatorRunKind, id);
  return read.ok ? ok(keptRun(read.value)) : read;
}

/** With its acknowledgements, of which a run that has not ended has none. Problems: those of `readRun`. */
export async function readWholeRun(record: HealthRecord, id: string): Promise<Result<WholeRun>> {
  const run = await readRun(record, id);
  if (!run.ok) return run;
  const answers = await readAnswers(record, run.value);
  return answers.ok ? ok({ run: run.value, answers: readAnswerLines(answers.value) }) : answers;
}

/** Problem: not-found `run-not-ended`. */
export async function readAnswers(record: HealthRecord, { answers }: SimulatorRun): Promise<Result<Uint8Array>> {
  if (answers === undefined) return failed(notFound("run-not-ended", "This run has not come to its end."));
  return record.readBlob(answers);
}

function keptRun(version: Version): KeptRun {
  return { ...parseBody<SimulatorRun>(version), id: version.id };
}

function bodyOf(run: SimulatorRun) {
  return JSON.parse(JSON.stringify(run));
}
