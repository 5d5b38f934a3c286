import { createHash } from "node:crypto";
import {
  type Clock,
  failed,
  type Ids,
  incorrect,
  isJsonObject,
  type JsonObject,
  limits,
  ok,
  type Problem,
  type Result,
} from "#kernel";
import {
  type HealthRecord,
  InFlight,
  isUnpacked,
  loadBundle,
  loadLines,
  parseJson,
  presenceIn,
  type ResourceLine,
} from "#record";
import type { ReleaseFile } from "../terminology/release-files.ts";
import { entryLine } from "./entry-line.ts";

import { formatOf, linesOf, wholeTextOf } from "./load-file.ts";

export interface ImportNeeds {
  /** As the one who imports may write it. */
  readonly record: HealthRecord;
  /** Seeing everything: asked whether a Bundle was imported before. */
  readonly whole: HealthRecord;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly isToGoOn: boolean;
  /** Told of what is not taken, as it is met, at most `limits.importProblemsToldMax` times. */
  readonly told: (problem: ImportProblem) => void;
  /** Told after each piece of work. */
  readonly progress: (progress: ImportProgress) => void;
}

export interface ImportProblem {
  readonly file: string;
  readonly line: number;
  readonly problem: Problem;
}

export interface ImportProgress {
  readonly written: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly readBytes: number;
}

/**
 * Imports files, many transactions at once, so that they share commits. What was imported before is left as it is, so an
 * import that was cut short is done again from its beginning. Ends at the first problem unless it is to go on. Problems:
 * busy and unavailable; what is not taken is told, and counted in the result.
 */
export async function importFiles(files: readonly ReleaseFile[], needs: ImportNeeds): Promise<Result<ImportProgress>> {
  const running = new Import(needs);
  for (const file of files) {
    if (running.isOver) break;
    await running.take(file);
  }
  return running.end();
}

/** Larger resources count for several. */
const charactersEach = limits.importInFlightCharactersMax / limits.importInFlightMax;

class Import {
  readonly #needs: ImportNeeds;
  readonly #isThere: ReturnType<typeof presenceIn>;
  readonly #inFlight = new InFlight(limits.importInFlightMax);
  #written = 0;
  #unchanged = 0;
  #refused = 0;
  #readBytes = 0;
  #failure: Result<never> | undefined;

  constructor(needs: ImportNeeds) {
    this.#needs = needs;
    this.#isThere = presenceIn(needs.whole);
  }

  get isOver(): boolean {
    return this.#failure !== undefined || (this.#refused > 0 && !this.#needs.isToGoOn);
  }

  async take(file: ReleaseFile): Promise<void> {
    if (formatOf(file.name) === "json") await this.#takeWhole(file);
    else await this.#takeLines(file);
  }

  async end(): Promise<Result<ImportProgress>> {
    await this.#inFlight.done();
    this.#tell();
    return this.#failure ?? ok(this.#progress());
  }

  async #takeWhole(file: ReleaseFile): Promise<void> {
    const text = await wholeTextOf(file, this.#read);
    if (!text.ok) return this.#refuse(file, 1, text.problems);
    const json = parseJson(text.value);
    if (!json.ok) return this.#refuse(file, 1, json.problems);
    if (!isJsonObject(json.value)) return this.#refuse(file, 1, [notAResource]);
    const bundle = json.value;
    if (!isUnpacked(bundle)) return this.#begin(file, [{ number: 1, text: text.value }]);
    const entries = Array.isArray(bundle.entry) ? bundle.entry.length : 0;
    await this.#beginSized(entries, text.value.length, () => this.#loadBundle(file, bundle, text.value));
  }

  async #loadBundle(file: ReleaseFile, bundle: JsonObject, text: string): Promise<void> {
    const name = createHash("sha256").update(text).digest("hex").slice(0, 24);
    const { record, ids, clock } = this.#needs;
    const loaded = await loadBundle(bundle, name, { record, ids, clock, isThere: this.#isThere });
    if (!loaded.ok) return this.#fail(loaded);
    const { written, unchanged, problems } = loaded.value;
    this.#count(written, unchanged);
    for (const problem of problems) {
      const entry = /^Bundle\.entry\[(\d+)\]/.exec(problem.where ?? "")?.[1];
      this.#refuse(file, entry === undefined ? 1 : entryLine(text, Number(entry)), [problem]);
    }
  }

  async #takeLines(file: ReleaseFile): Promise<void> {
    let waiting: ResourceLine[] = [];
    for await (const lines of linesOf(file, this.#read)) {
      if (!lines.ok) return this.#refuse(file, 1, lines.problems);
      for (const line of lines.value) {
        waiting.push(line);
        if (waiting.length < limits.importBatchLinesMax) continue;
        await this.#begin(file, waiting);
        waiting = [];
        if (this.isOver) return;
      }
    }
    if (waiting.length > 0) await this.#begin(file, waiting);
  }

  #begin(file: ReleaseFile, lines: readonly ResourceLine[]): Promise<void> {
    const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
    return this.#beginSized(lines.length, characters, async () => {
      const loaded = await loadLines(lines, { record: this.#needs.record });
      if (!loaded.ok) return this.#fail(loaded);
      this.#count(loaded.value.written, loaded.value.unchanged);
      for (const { line, problems } of loaded.value.refused) this.#refuse(file, line, problems);
    });
  }

  async #beginSized(resources: number, characters: number, work: () => Promise<void>): Promise<void> {
    await this.#inFlight.begin(Math.max(resources, characters / charactersEach), work);
  }

  readonly #read = (bytes: number): void => {
    this.#readBytes += bytes;
  };

  #count(written: number, unchanged: number): void {
    this.#written += written;
    this.#unchanged += unchanged;
    this.#tell();
  }

  #refuse({ path }: ReleaseFile, line: number, problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.#refused += 1;
      if (this.#refused <= limits.importProblemsToldMax) this.#needs.told({ file: path, line, problem });
    }
    this.#tell();
  }

  #fail(failure: Result<unknown>): void {
    if (failure.ok) return;
    this.#failure ??= failed(...failure.problems);
    this.#inFlight.abandon();
  }

  #progress(): ImportProgress {
    const [written, unchanged, refused] = [this.#written, this.#unchanged, this.#refused];
    return { written, unchanged, refused, readBytes: this.#readBytes };
  }

  #tell(): void {
    this.#needs.progress(this.#progress());
  }
}

const notAResource = incorrect("wrong-kind", "The file must hold one FHIR resource, such as a Bundle.");
