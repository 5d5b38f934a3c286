import { limits, ok, type Result } from "#kernel";
import { type Clause, type HealthRecord, type Operation, parseBody } from "#record";
import type { VisibilityQuestion } from "../visibility/visibility.ts";
import { markSystem, type ProcessingMark } from "./processing-mark.ts";

/** `Patient/1`; undefined where there are more than `limits.labelledPatientsMax`. */
export type MarkedPatients = readonly string[] | undefined;

interface Held {
  readonly untilMs: number;
  readonly value: Promise<Result<MarkedPatients>>;
}

/** Whose record has a mark, held for `limits.relationshipsHeldMs`; what this process writes counts at once. */
export class MarkedRecords {
  readonly #held = new Map<ProcessingMark, Held>();

  of(mark: ProcessingMark, { record, clock }: Pick<VisibilityQuestion, "record" | "clock">) {
    const now = clock.now();
    const before = this.#held.get(mark);
    if (before !== undefined && now < before.untilMs) return before.value;
    const value = readMarked(record, mark);
    const held = { untilMs: now + limits.relationshipsHeldMs, value };
    this.#held.set(mark, held);
    void value.then((read) => {
      if (!read.ok && this.#held.get(mark) === held) this.#held.delete(mark);
    });
    return value;
  }

  written(operations: readonly Operation[]): void {
    if (operations.some(({ kind }) => kind === "Flag")) this.#held.clear();
  }
}

/** What a Flag has that is such a mark and stands. */
export function markClause(mark: ProcessingMark): Clause {
  return { is: "key", any: [`_tag=${markSystem}|${mark}`] };
}

async function readMarked(record: HealthRecord, mark: ProcessingMark): Promise<Result<MarkedPatients>> {
  const page = await record.search({
    kind: "Flag",
    all: [markClause(mark)],
    sort: { by: "updated", descending: true },
    limit: limits.labelledPatientsMax,
  });
  if (!page.ok) return page;
  if (page.value.next !== undefined) return ok(undefined);
  const subjects = page.value.versions.map((version) => parseBody<{ subject: { reference: string } }>(version).subject);
  return ok([...new Set(subjects.map(({ reference }) => reference))]);
}
