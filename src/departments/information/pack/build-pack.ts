import type { Context } from "#access";
import { failed, type JsonObject, limits, notFound, ok, type Result, toIso } from "#kernel";
import { blobOf, parseBody } from "#record";
import { readItem } from "../items/item-store.ts";
import type { DisclosureEntry, DisclosurePack } from "./disclosure.ts";
import { packKind } from "./disclosure.ts";
import { PackStopped } from "./pack-content.ts";
import { packFiles, packPasses } from "./pack-files.ts";
import type { PackLetter } from "./pack-pdf.ts";
import { zipOf } from "./pack-zip.ts";
import { readSheets } from "./sheets.ts";

export interface Building {
  /** Sees what is held, under the name of who asked. */
  readonly own: Context;
  readonly id: string;
  readonly signal: AbortSignal;
  /** How far it is: of `total`. */
  readonly progress: (done: number, total: number) => void;
}

/** Makes the pack that was asked for and keeps it in parts. What stands in the way is kept with it. */
export async function buildPack(building: Building): Promise<Result<DisclosurePack>> {
  const { own, id } = building;
  const read = await own.record.read(packKind, id);
  if (!read.ok) return read;
  const state: PackState = { pack: parseBody<DisclosurePack>(read.value), version: read.value.version };
  if (state.pack.state !== "building") return ok(state.pack);
  try {
    return await make(building, { ...state, pack: { ...state.pack, parts: [], sizeBytes: 0, done: 0 } });
  } catch (error) {
    if (building.signal.aborted) return failed(stopped);
    const problem = error instanceof PackStopped || error instanceof RangeError ? error.message : undefined;
    if (problem === undefined) throw error;
    return write(own, id, { ...state, pack: { ...state.pack, state: "failed", problem } });
  }
}

interface PackState {
  readonly pack: DisclosurePack;
  readonly version: number;
}

const stopped = notFound("pack-stopped", "Corridor was stopped while the pack was made; it is made at the next start.");

async function make(building: Building, { pack, version }: PackState): Promise<Result<DisclosurePack>> {
  const { own, id, signal } = building;
  const entries = await reviewed(own, id);
  const letter = await letterOf(own, { id, entries });
  const total = entries.length * packPasses;
  let done = 0;
  const step = () => {
    done += 1;
    building.progress(done, total);
  };
  const stamp = own.hospitalTime.local(own.clock.now());
  const needs = { own, letter, patient: pack.patient, step, signal };
  const parts: DisclosurePack["parts"][number][] = [];
  for await (const bytes of inParts(zipOf(packFiles(needs), `${stamp.date}T${stamp.clock}:${stamp.seconds}`))) {
    signal.throwIfAborted();
    const blob = blobOf(bytes);
    // Durable before the pack names it; until then it belongs to nobody.
    const kept = await own.record.transact({ operations: [], blobs: [blob] });
    if (!kept.ok) throw new PackStopped(kept.problems[0].message);
    parts.push({ hash: blob.hash, sizeBytes: bytes.length });
  }
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const { problem: _, ...rest } = pack;
  const ready = {
    ...rest,
    state: "ready",
    parts,
    sizeBytes,
    done: total,
    total,
    readyAt: toIso(own.clock.now()),
  } as const;
  return write(own, id, { pack: ready, version });
}

async function reviewed(own: Context, id: string): Promise<readonly DisclosureEntry[]> {
  const sheets = await readSheets(own.record, id);
  if (!sheets.ok) throw new PackStopped(sheets.problems[0].message);
  return sheets.value.flatMap(({ sheet }) => sheet.entries);
}

async function letterOf(
  own: Context,
  { id, entries }: { readonly id: string; readonly entries: readonly DisclosureEntry[] },
): Promise<PackLetter> {
  const known = await readItem(own, id);
  if (!known.ok) throw new PackStopped(known.problems[0].message);
  const { reference, fields } = known.value.item;
  const { requester = "", from, to } = fields;
  const span = from === undefined && to === undefined ? "" : `, from ${from ?? "the beginning"} to ${to ?? "now"}`;
  return { reference, person: requester, madeOn: own.hospitalTime.day(own.clock.now()), span, entries };
}

/** Chunks gathered to parts of `limits.packPartBytes`, so that no more than one is in memory. */
export async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes < limits.packPartBytes) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    sizeBytes = 0;
  }
  if (sizeBytes > 0) yield Buffer.concat(waiting);
}

async function write(own: Context, id: string, { pack, version }: PackState): Promise<Result<DisclosurePack>> {
  const body = pack as unknown as JsonObject;
  const written = await own.record.transact({
    operations: [{ action: "update", kind: packKind, id, body, ifMatch: version }],
  });
  return written.ok ? ok(pack) : written;
}
