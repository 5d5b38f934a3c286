import { limits, ok, type Problem, type Result } from "#kernel";
import { operationOutcome } from "#standards/fhir";
import { InFlight } from "./in-flight.ts";
import type { ImportSource, ImportTask } from "./job.ts";
import type { JobFileWriter } from "./job-files.ts";
import type { JobRun } from "./job-run.ts";
import { loadLines, type ResourceLine } from "./load-lines.ts";

const errorsName = "errors.ndjson";

/**
 * Does an import, or the rest of one: lines that were written and not yet noted as done are written again, which changes
 * nothing. Every resource is found by searches once it is written. Problems: busy and unavailable; what is wrong with a line
 * is among the errors.
 */
export async function runImport(run: JobRun, task: ImportTask): Promise<Result<void>> {
  const errors = await run.files.open(run.id, errorsName, task.errorBytes);
  const importing = new ImportRun(run, task, errors);
  try {
    for (const source of task.sources.slice(task.sourcesDone)) {
      const done = await importing.take(source);
      if (!done.ok || run.isOver()) return done;
    }
    return await importing.finish();
  } finally {
    await errors.close();
  }
}

class ImportRun {
  readonly #run: JobRun;
  readonly #errors: JobFileWriter;
  readonly #inFlight = new InFlight(limits.importInFlightMax);
  #task: ImportTask;
  #failure: Result<never> | undefined;
  #errorLines: string[] = [];

  constructor(run: JobRun, task: ImportTask, errors: JobFileWriter) {
    this.#run = run;
    this.#task = task;
    this.#errors = errors;
  }

  async take(source: ImportSource): Promise<Result<void>> {
    const already = this.#task.linesDone;
    let noted = already;
    let waiting: ResourceLine[] = [];
    for await (const lines of this.#run.files.lines(this.#run.id, source)) {
      if (!lines.ok) {
        this.#refuse(source, 0, lines.problems);
        break;
      }
      for (const line of lines.value) {
        if (line.number <= already) continue;
        waiting.push(line);
        if (waiting.length < limits.importBatchLinesMax) continue;
        await this.#begin(source, waiting);
        if (this.#failure !== undefined || this.#run.isOver()) return this.#settled();
        if (line.number - noted >= limits.importCheckpointLines) {
          noted = line.number;
          const saved = await this.#checkpoint({ linesDone: line.number });
          if (!saved.ok) return saved;
        }
        waiting = [];
      }
    }
    await this.#begin(source, waiting);
    const settled = await this.#settled();
    if (!settled.ok || this.#run.isOver()) return settled;
    return this.#checkpoint({ sourcesDone: this.#task.sourcesDone + 1, linesDone: 0 });
  }

  async finish(): Promise<Result<void>> {
    const { refused } = this.#task;
    await this.#errors.finish();
    const count = Math.min(refused, limits.importProblemsToldMax);
    const files = refused === 0 ? [] : [{ name: errorsName, type: "OperationOutcome", count, isErrors: true }];
    return this.#run.save({ task: this.#task, files });
  }

  async #begin(source: ImportSource, lines: readonly ResourceLine[]): Promise<void> {
    if (lines.length === 0) return;
    const { record } = this.#run;
    await this.#inFlight.begin(lines.length, async () => {
      const loaded = await loadLines(lines, { record, ...(source.type === undefined ? {} : { type: source.type }) });
      if (!loaded.ok) {
        this.#failure ??= loaded;
        this.#inFlight.abandon();
        return;
      }
      const { written, unchanged, refused } = loaded.value;
      const { written: before, unchanged: same } = this.#task;
      this.#task = { ...this.#task, written: before + written, unchanged: same + unchanged };
      for (const { line, problems } of refused) this.#refuse(source, line, problems);
      this.#run.tell(`${before + same + written + unchanged} resources imported, ${this.#task.refused} lines refused`);
    });
  }

  #refuse({ name }: ImportSource, line: number, problems: readonly Problem[]): void {
    this.#task = { ...this.#task, refused: this.#task.refused + 1 };
    if (this.#task.refused > limits.importProblemsToldMax) return;
    const at = line === 0 ? name : `${name}, line ${line}`;
    const told = problems.map((problem) => ({ ...problem, message: `${at}: ${problem.message}` }));
    this.#errorLines.push(JSON.stringify(operationOutcome(told)));
  }

  async #settled(): Promise<Result<void>> {
    await this.#inFlight.done();
    return this.#failure ?? ok(undefined);
  }

  async #checkpoint(progress: Partial<ImportTask>): Promise<Result<void>> {
    const settled = await this.#settled();
    if (!settled.ok) return settled;
    if (this.#errorLines.length > 0) await this.#errors.write(this.#errorLines.splice(0));
    this.#task = { ...this.#task, ...progress, errorBytes: await this.#errors.sync() };
    return this.#run.save({ task: this.#task, files: [] });
  }
}
