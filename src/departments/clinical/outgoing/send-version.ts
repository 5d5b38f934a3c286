import { ok, type Problem, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import { type FhirResource, headerMessage } from "#standards/v2-to-fhir";
import type { WrittenMessageSettings } from "../configuration/link-settings.ts";
import { keepAs, keptAsNew, toKeep } from "../messages/keep.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { acknowledge, reasonsOf } from "../messages/outcome.ts";
import { type Receiving, receive } from "../messages/receive.ts";
import { readSent } from "../messages/sent-message.ts";
import { disclosable } from "./disclosable.ts";
import { gathered } from "./gather.ts";
import { headOf, isToBeTold, writeVersion, writtenKind, writtenTypes } from "./write-version.ts";

export interface Telling {
  /** For one message: see `receive`. */
  readonly receiving: Receiving;
  readonly settings: WrittenMessageSettings;
  /** The record as far as it may be told to others. */
  readonly disclosed: Pick<HealthRecord, "readMany">;
}

/**
 * Makes the message about a version of an order or a report and takes it as the message of its link, once: its id follows from
 * the version. One that cannot be written, or that tells of what may not be disclosed, is kept `rejected` with the reason. `told` is false where there was nothing to tell.
 * Problems: those of the record; then it is to be asked again.
 */
export async function tellOf(version: Version, telling: Telling): Promise<Result<{ readonly told: boolean }>> {
  const { receiving, settings } = telling;
  const { record } = receiving.context;
  if (version.kind !== writtenKind(settings) || version.action === "delete") return ok({ told: false });
  const known = await record.read(linkMessageKind, keptHead(version, telling).keeping.id);
  if (known.ok) return ok({ told: true });
  if (known.problems[0].category !== "not-found") return known;
  const before = await versionBefore(version, telling);
  if (!before.ok) return before;
  const resource = parseBody<FhirResource>(version);
  if (!isToBeTold(resource, before.value)) return ok({ told: false });
  const resources = await gathered(record, resource);
  if (!resources.ok) return resources;
  const told = await disclosable(telling.disclosed, resources.value);
  if (!told.ok) {
    const { problems } = told;
    return problems[0].code === "not-to-be-disclosed" ? keepUnwritten(version, telling, problems) : told;
  }
  const about = { settings, version, resource, resources: told.value, before: before.value };
  const written = writeVersion(about);
  if (!written.ok) return keepUnwritten(version, telling, written.problems);
  const taken = await receive(new TextEncoder().encode(written.value.text), receiving);
  return taken.ok ? ok({ told: true }) : taken;
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
): Promise<Result<{ readonly told: boolean }>> {
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
  if (!recorded.ok) return recorded.problems[0].category === "conflict" ? ok({ told: true }) : recorded;
  log.warn("a message could not be written", { link, message: kept.id, reason: problems[0].code });
  return ok({ told: true });
}
