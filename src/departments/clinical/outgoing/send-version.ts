import { ok, type Problem, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import { type FhirResource, headerMessage } from "#standards/v2-to-fhir";
import type { WrittenMessageSettings } from "../configuration/link-settings.ts";
import { keepAs, keptAsNew, toKeep } from "../messages/keep.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { acknowledge, reasonsOf } from "../messages/outcome.ts";
import { type Receiving, receive } from "../messages/receive.ts";
import { readSent } from "../messages/sent-message.ts";
import { disclosable } from "./disclosable.ts";
import { gathered } from "./gather.ts";
import { headOf, isToBeTold, type ToldVersion, writeVersions, writtenKind, writtenTypes } from "./write-version.ts";

export interface Telling {
  /** For one message: see `receive`. */
  readonly receiving: Receiving;
  readonly settings: WrittenMessageSettings;
  /** The record as far as it may be told to others. */
  readonly disclosed: Pick<HealthRecord, "readMany">;
}

/**
 * Makes the message about versions of orders or reports that belong together, see `toldTogether`, and takes it as the message of
 * its link, once: its id follows from the first version that it tells of. A version that cannot be written, or that tells of what
 * may not be disclosed, is kept `rejected` with the reason, by itself. Problems: those of the record; then it is to be asked again.
 */
export async function tellOf(versions: readonly Version[], telling: Telling): Promise<Result<void>> {
  const { settings, receiving } = telling;
  const told: ToldVersion[] = [];
  for (const version of versions) {
    if (version.kind !== writtenKind(settings) || version.action === "delete") continue;
    const known = await keptState(version, telling);
    if (!known.ok) return known;
    // The message of the first tells of all; what was kept unwritten tells of itself alone.
    if (known.value !== undefined && known.value !== "rejected" && told.length === 0) return ok(undefined);
    if (known.value !== undefined) continue;
    const prepared = await prepare(version, telling);
    if (!prepared.ok) return prepared;
    if (prepared.value !== undefined) told.push(prepared.value);
  }
  const [first, ...others] = told;
  if (first === undefined) return ok(undefined);
  const written = writeVersions([first, ...others], settings);
  if (!written.ok)
    return others.length === 0 ? keepUnwritten(first.version, telling, written.problems) : tellApart(told, telling);
  const taken = await receive(new TextEncoder().encode(written.value.text), receiving);
  return taken.ok ? ok(undefined) : taken;
}

/** One of them cannot be written: it is kept so, by itself, and the others are told together. */
async function tellApart(told: readonly ToldVersion[], telling: Telling): Promise<Result<void>> {
  const rest: Version[] = [];
  for (const each of told) {
    const alone = writeVersions([each], telling.settings);
    if (alone.ok) rest.push(each.version);
    const kept = alone.ok ? alone : await keepUnwritten(each.version, telling, alone.problems);
    if (!kept.ok) return kept;
  }
  // Where each can be written and all together cannot, each is a message.
  for (const group of rest.length < told.length ? [rest] : rest.map((version) => [version])) {
    const one = await tellOf(group, telling);
    if (!one.ok) return one;
  }
  return ok(undefined);
}

/** What became of the message that is known by a version; undefined where there is none yet. */
async function keptState(version: Version, telling: Telling): Promise<Result<LinkMessage["state"] | undefined>> {
  const known = await telling.receiving.context.record.read(linkMessageKind, keptHead(version, telling).keeping.id);
  if (known.ok) return ok(parseBody<LinkMessage>(known.value).state);
  return known.problems[0].category === "not-found" ? ok(undefined) : known;
}

/** A version with all that it speaks of; undefined where there is nothing to tell, or it may not be told and is kept so. */
async function prepare(version: Version, telling: Telling): Promise<Result<ToldVersion | undefined>> {
  const before = await versionBefore(version, telling);
  if (!before.ok) return before;
  const resource = parseBody<FhirResource>(version);
  if (!isToBeTold(resource, before.value)) return ok(undefined);
  const resources = await gathered(telling.receiving.context.record, resource);
  if (!resources.ok) return resources;
  const told = await disclosable(telling.disclosed, resources.value);
  if (told.ok) return ok({ version, resource, resources: told.value, before: before.value });
  const { problems } = told;
  return problems[0].code === "not-to-be-disclosed" ? keepUnwritten(version, telling, problems) : told;
}

async function versionBefore(
  { kind, id, version }: Version,
  { receiving }: Telling,
): Promise<Result<FhirResource | undefined>> {
  if (version < 2) return ok(undefined);
  const read = await receiving.context.record.readVersion(kind, id, version - 1);
  if (!read.ok) return read.problems[0].category === "not-found" ? ok(undefined) : read;
  return ok(read.value.action === "delete" ? undefined : parseBody<FhirResource>(read.value));
}

/** As much of a message as there is without its content: its header. */
function keptHead(version: Version, { receiving, settings }: Telling) {
  // The version stands in it, so that whoever looks finds what could not be written.
  const note = `${version.kind}/${version.id}/_history/${version.version}`;
  const frame = new TextEncoder().encode(headerMessage(writtenTypes[settings.writes], headOf(version, settings), note));
  const sent = readSent(frame);
  const { link, connection, context } = receiving;
  return { sent, keeping: toKeep({ frame, sent, link, connection, arrivedAt: toIso(context.clock.now()) }) };
}

async function keepUnwritten(
  version: Version,
  telling: Telling,
  problems: readonly [Problem, ...Problem[]],
): Promise<Result<undefined>> {
  const { keeping, sent } = keptHead(version, telling);
  const { context, link, log } = telling.receiving;
  const outcome = { state: "rejected", refusals: problems, remarks: [] } as const;
  const kept = keptAsNew(keeping);
  const body = {
    ...kept.message,
    state: "rejected",
    reasons: reasonsOf(outcome),
    acknowledgement: acknowledge(sent, outcome, context),
  } as const;
  const recorded = await context.record.transact({ operations: [keepAs(kept, body)], blobs: [keeping.blob] });
  if (!recorded.ok) return recorded.problems[0].category === "conflict" ? ok(undefined) : recorded;
  log.warn("a message could not be written", { link, message: kept.id, reason: problems[0].code });
  return ok(undefined);
}
