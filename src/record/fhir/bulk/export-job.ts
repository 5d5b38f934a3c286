import { limits, ok, type Problem, type Result } from "#kernel";
import { operationOutcome } from "#standards/fhir";
import { exportType } from "./export-run.ts";
import { type ExportNeeds, type Members, membersOf } from "./export-scan.ts";
import type { ExportTask, JobFile } from "./job.ts";
import type { JobFileWriter } from "./job-files.ts";
import type { JobRun } from "./job-run.ts";

const errorsName = "errors.ndjson";

/** Does an export, or the rest of one. What may not be read is told among the errors. Problems: of reading and writing. */
export async function runExport(run: JobRun, task: ExportTask): Promise<Result<void>> {
  const { record, job, clock } = run;
  const as = task.order.deidentified;
  const masking = as === undefined ? undefined : await run.deidentify(as);
  if (masking?.ok === false) return masking;
  const masked = masking === undefined ? {} : { deidentify: masking.value };
  const needs = { record, position: job.position, now: clock.now(), base: job.base, ...masked };
  const members = await membersOf(task.order, needs);
  if (!members.ok) return members;
  const errors: Problem[] = [];
  let state: State = { task, files: job.files };
  while (!run.isOver()) {
    const [type] = state.task.typesLeft;
    if (type === undefined) break;
    const done = await oneType(run, { type, members: members.value, needs, state });
    if (!done.ok && done.problems[0].category !== "forbidden") return done;
    if (!done.ok) errors.push(...done.problems);
    const { begun: _begun, ...rest } = state.task;
    const typesLeft = rest.typesLeft.slice(1);
    const file = done.ok ? done.value : undefined;
    state = { task: { ...rest, typesLeft }, files: file === undefined ? state.files : [...state.files, file] };
    if (file === undefined) continue;
    const saved = await run.save(state);
    if (!saved.ok) return saved;
  }
  return run.isOver() ? ok(undefined) : withErrors(run, state, errors);
}

interface State {
  readonly task: ExportTask;
  readonly files: readonly JobFile[];
}

interface OneType {
  readonly type: string;
  readonly members: Members;
  readonly needs: ExportNeeds;
  readonly state: State;
}

/** The file of the type; undefined where there is nothing of it. */
async function oneType(run: JobRun, { type, members, needs, state }: OneType): Promise<Result<JobFile | undefined>> {
  const { order, begun } = state.task;
  const name = `${type}.ndjson`;
  let file: JobFileWriter | undefined;
  let count = begun?.count ?? 0;
  let noted = count;
  const opened = async () => (file ??= await run.files.open(run.id, name, begun?.bytes ?? 0));
  if (count > 0) await opened();
  try {
    const sink = {
      isOver: run.isOver,
      write: async (
        lines: readonly string[],
        place: NonNullable<ExportTask["begun"]>["place"],
      ): Promise<Result<void>> => {
        if (lines.length === 0) return ok(undefined);
        await (await opened()).write(lines);
        count += lines.length;
        run.tell(`${type}: ${count} resources; ${state.task.typesLeft.length - 1} types to go`);
        if (count - noted < limits.exportCheckpointResources) return ok(undefined);
        noted = count;
        const bytes = await (await opened()).sync();
        return run.save({ ...state, task: { ...state.task, begun: { place, bytes, count } } });
      },
    };
    const from = begun === undefined ? {} : { from: begun.place };
    const done = await exportType(type, { order, members, needs, ...from }, sink);
    if (!done.ok) return done;
    if (run.isOver() || file === undefined) return ok(undefined);
    await file.finish();
    return ok({ name, type, count });
  } finally {
    await file?.close();
  }
}

async function withErrors(run: JobRun, { task, files }: State, errors: readonly Problem[]): Promise<Result<void>> {
  if (errors.length === 0) return run.save({ task, files });
  const file = await run.files.open(run.id, errorsName, 0);
  await file.write(errors.map((problem) => JSON.stringify(operationOutcome([problem]))));
  await file.finish();
  const told = { name: errorsName, type: "OperationOutcome", count: errors.length, isErrors: true };
  return run.save({ task, files: [...files, told] });
}
