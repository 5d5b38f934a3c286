import type { JsonObject } from "#kernel";
import { limits } from "#kernel";
import { compileIndexer } from "#standards/fhir";
import { type Kind, type Position, parseBody } from "../../documents/document.ts";
import type { IndexEntries } from "../../documents/index-entries.ts";
import { pause } from "../../feed/pause.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { CursorStore, IndexingStore } from "../../ports.ts";
import { inParallel } from "../bundle/in-parallel.ts";
import { FhirEntries } from "../fhir-entries.ts";
import type { ParameterDefinition } from "./definition.ts";

export interface IndexingNeeds {
  readonly record: HealthRecord;
  readonly indexing: IndexingStore;
  readonly cursors: CursorStore;
}

/** Entries that documents are to be given which were written before there were any such. */
export interface IndexingJob {
  /** By which its cursors go on. */
  readonly name: string;
  readonly types: readonly Kind[];
  entriesOf(type: Kind): (body: JsonObject) => IndexEntries;
  /** See `AddedEntries`. */
  parametersOf(type: Kind): readonly string[];
}

/** What a search parameter finds. */
export function parameterJob({ parameter, types }: ParameterDefinition): IndexingJob {
  return {
    name: `search parameter ${parameter.heldAs}`,
    types,
    entriesOf: (type) => {
      const indexer = compileIndexer(type, [parameter.code]);
      return (body) => {
        const entries = new FhirEntries(type);
        indexer(body, entries);
        return entries.done();
      };
    },
    parametersOf: () => [parameter.heldAs],
  };
}

/** Counted in documents, exactly. */
export interface IndexingProgress {
  readonly done: number;
  readonly total: number;
  readonly isDone: boolean;
}

/**
 * What was written while the definition was not yet known everywhere lies before the end of the second pass: so long do
 * another process, and a write that had begun, take at most to know it.
 */
const settleMs = 2_000;
const passes = 2;

/**
 * Adds the entries of a job to every document that was there before it, in pages, each with its cursor in one commit:
 * killed at any time it goes on from there. Throws what the store throws.
 */
export async function indexBy(job: IndexingJob, needs: IndexingNeeds & { readonly stop: AbortSignal }): Promise<void> {
  for (let pass = 1; pass <= passes && !needs.stop.aborted; pass += 1) {
    const target = await targetOf(job, pass, needs);
    if (target === undefined) return;
    for (const type of job.types) await indexType(job, { ...needs, type, target });
  }
}

/** Where a pass ends; undefined when it is over with. It stays the same when the pass is taken up again. */
async function targetOf(
  job: IndexingJob,
  pass: number,
  { cursors, record, stop }: IndexingNeeds & { readonly stop: AbortSignal },
): Promise<Position | undefined> {
  const name = `${cursorName(job, "end")} ${pass}`;
  const known = await cursors.get(name);
  if (known > 0) return known - 1;
  if (pass === passes) await pause(settleMs, stop);
  if (stop.aborted) return undefined;
  const position = await record.position();
  // One more, as 0 is what a cursor says that was never set.
  await cursors.set(name, position + 1);
  return position;
}

interface TypeIndexing extends IndexingNeeds {
  readonly type: Kind;
  readonly target: Position;
  readonly stop: AbortSignal;
}

async function indexType(job: IndexingJob, needs: TypeIndexing): Promise<void> {
  const { type, target, indexing, cursors, stop } = needs;
  const worker = cursorName(job, type);
  const entriesOf = job.entriesOf(type);
  const parameters = job.parametersOf(type);
  let after = await cursors.get(worker);
  while (after < target && !stop.aborted) {
    const versions = await indexing.newest(type, { after, upTo: target }, limits.indexingPageMax);
    const position = versions.length < limits.indexingPageMax ? target : (versions.at(-1)?.position ?? target);
    const rows = versions
      .map((version) => ({ version, entries: entriesOf(parseBody(version)) }))
      .filter(({ entries }) => hasAny(entries));
    if (versions.length === 0) await cursors.set(worker, position);
    else await indexing.addEntries({ kind: type, rows, parameters, cursor: { worker, position } });
    after = position;
  }
}

function hasAny({ references, keys, dates, texts, numbers, terms }: IndexEntries): boolean {
  return [references, keys, dates, texts, numbers, terms].some((list) => list.length > 0);
}

export async function progressOf(
  job: IndexingJob,
  { indexing, cursors, record }: IndexingNeeds,
): Promise<IndexingProgress> {
  const end = await cursors.get(`${cursorName(job, "end")} ${passes}`);
  const upTo = end > 0 ? end - 1 : await record.position();
  const types = await inParallel(job.types, async (type) => {
    const all = await indexing.countNewest(type, { after: 0, upTo });
    const at = await cursors.get(cursorName(job, type));
    const left = all === 0 || at >= upTo ? 0 : await indexing.countNewest(type, { after: at, upTo });
    return { done: all - left, total: all, isDone: at >= upTo };
  });
  return {
    done: types.reduce((sum, type) => sum + type.done, 0),
    total: types.reduce((sum, type) => sum + type.total, 0),
    isDone: end > 0 && types.every(({ isDone }) => isDone),
  };
}

function cursorName({ name }: IndexingJob, of: string): string {
  return `${name} ${of}`;
}
