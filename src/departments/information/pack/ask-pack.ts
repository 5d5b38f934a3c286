import type { Context } from "#access";
import { auditEntry } from "#audit";
import { conflict, failed, type HttpReply, incorrect, type JsonObject, ok, type Problem, type Result } from "#kernel";
import { type BlobHash, parseBody } from "#record";
import { type KnownItem, readItem, said } from "../items/item-store.ts";
import { openStates } from "../lists/life.ts";
import { type DisclosurePack, isSettled, packKind } from "./disclosure.ts";
import { readSheets } from "./sheets.ts";

export interface KnownPack {
  readonly version: number;
  readonly pack: DisclosurePack;
}

/** Undefined where none was asked for yet. */
export async function findPack({ record }: Context, id: string): Promise<Result<KnownPack | undefined>> {
  const read = await record.readMany([{ kind: packKind, id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  return ok(version && { version: version.version, pack: parseBody<DisclosurePack>(version) });
}

/**
 * Asks for the pack: it is made beside this. Nothing is packed that has not passed review. Problems: conflict
 * `review-open`, `nothing-gathered`, `identity-open`, `request-closed`, `pack-under-way`; those of the record.
 */
export async function askPack(context: Context, id: string): Promise<Result<DisclosurePack>> {
  const known = await readItem(context, id);
  if (!known.ok) return known;
  const sheets = await readSheets(context.record, id);
  if (!sheets.ok) return sheets;
  const before = await findPack(context, id);
  if (!before.ok) return before;
  const entries = sheets.value.flatMap(({ sheet }) => sheet.entries);
  const open = entries.filter((entry) => !isSettled(entry)).length;
  const problem = packProblem(known.value, { entries: entries.length, open, before: before.value?.pack });
  if (problem !== undefined) return failed(problem);
  const count = (is: string) => entries.filter(({ decision }) => decision?.is === is).length;
  const pack: DisclosurePack = {
    item: id,
    patient: known.value.item.patient ?? "",
    state: "building",
    asked: said(context),
    done: 0,
    total: entries.length,
    parts: [],
    sizeBytes: 0,
    given: count("give"),
    withheld: count("withhold"),
    redacted: count("redact"),
  };
  return write(context, id, { pack, version: before.value?.version ?? 0 });
}

interface PackFacts {
  readonly entries: number;
  readonly open: number;
  readonly before: DisclosurePack | undefined;
}

function packProblem({ item }: KnownItem, { entries, open, before }: PackFacts): Problem | undefined {
  if (!openStates.includes(item.state)) return conflict("request-closed", "The request is closed.");
  if (item.checks.identity === undefined)
    return conflict("identity-open", "Tick off first that who asks is who they say.");
  if (entries === 0) return conflict("nothing-gathered", "Gather first what is held.");
  if (open > 0) return conflict("review-open", `${open} documents have not passed review: nothing leaves before.`);
  return before?.state === "building" ? conflict("pack-under-way", "The pack is being made.") : undefined;
}

/**
 * The pack, once: whoever takes it is named, in the log too, before the first byte leaves. Problems: conflict
 * `pack-not-ready`, `pack-collected`; those of the record.
 */
export async function collectPack(context: Context, id: string): Promise<Result<HttpReply>> {
  const known = await findPack(context, id);
  if (!known.ok) return known;
  const { pack, version } = known.value ?? {};
  if (pack === undefined || version === undefined) return failed(notReady);
  if (pack.state === "collected") return failed(collectedBefore);
  if (pack.state !== "ready") return failed(notReady);
  const item = await readItem(context, id);
  if (!item.ok) return item;
  const collected: DisclosurePack = { ...pack, state: "collected", collected: said(context) };
  const written = await context.record.transact({
    operations: [{ action: "update", kind: packKind, id, body: collected as unknown as JsonObject, ifMatch: version }],
    audit: [disclosureEntry(context, pack, id)],
  });
  if (!written.ok) return written;
  const name = `${item.value.item.reference}.zip`;
  return ok({
    status: 200,
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
    body: partsOf(context, pack),
  });
}

/** Lets a pack be taken once more, with a reason. Problems: conflict `pack-not-collected`; incorrect `why-missing`. */
export async function releaseAgain(context: Context, id: string, why: string): Promise<Result<DisclosurePack>> {
  if (why.trim() === "") return failed(incorrect("why-missing", "Say why it is taken once more.", { where: "why" }));
  const known = await findPack(context, id);
  if (!known.ok) return known;
  if (known.value?.pack.state !== "collected") return failed(notCollected);
  const { collected: _, ...pack } = known.value.pack;
  return write(context, id, {
    pack: { ...pack, state: "ready", asked: said(context, why) },
    version: known.value.version,
  });
}

async function* partsOf({ record }: Context, { parts }: DisclosurePack): AsyncGenerator<Uint8Array> {
  for (const { hash } of parts) {
    const read = await record.readBlob(hash as BlobHash);
    if (!read.ok) throw new Error(`A part of a pack could not be read: ${read.problems[0].code}`);
    yield read.value;
  }
}

function disclosureEntry({ actor, clock }: Context, { patient }: DisclosurePack, id: string) {
  const { reference, display, roles, purpose, via, remoteAddress } = actor;
  return auditEntry({
    at: clock.now(),
    act: "disclosure",
    agent: {
      reference,
      display,
      roles,
      purpose,
      via,
      ...(remoteAddress === undefined ? {} : { address: remoteAddress }),
    },
    outcome: 0,
    patients: [patient],
    entities: [`${packKind}/${id}`],
  });
}

async function write(context: Context, id: string, { pack, version }: KnownPack): Promise<Result<DisclosurePack>> {
  const body = pack as unknown as JsonObject;
  const written = await context.record.transact({
    operations: [{ action: "update", kind: packKind, id, body, ifMatch: version }],
  });
  return written.ok ? ok(pack) : written;
}

const notReady = conflict("pack-not-ready", "The pack is not made yet.");
const collectedBefore = conflict(
  "pack-collected",
  "The pack was taken before: it leaves once. It can be released again.",
);
const notCollected = conflict("pack-not-collected", "The pack has not been taken: it need not be released again.");
