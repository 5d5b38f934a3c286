import type { Context } from "#access";
import { conflict, failed, forbidden, incorrect, ok, type Problem, type Result, toIso } from "#kernel";
import { type Operation, parseBody } from "#record";
import { isUcumUnit } from "#standards/ucum";
import { ucumSystem } from "../messages/coding-systems.ts";
import { present } from "../messages/present.ts";
import type { MappedCode } from "./code-map.ts";
import { type SenderMap, senderMapId, withMeaning } from "./sender-map.ts";
import type { CodeDecision, UnknownCode } from "./unknown-code.ts";
import { unknownCodeKind } from "./unknown-code-id.ts";

export type CodeOrder =
  /** Without `target`: there is no other code for it. */
  | { readonly action: "propose"; readonly comment: string; readonly target?: MappedCode | undefined }
  | { readonly action: "approve" | "refuse"; readonly comment: string };

interface Deciding {
  /** With the rights of a link. */
  readonly context: Context;
  readonly id: string;
  readonly version: number;
  readonly unknown: UnknownCode;
  readonly order: CodeOrder;
}

/**
 * Says what a code means, or approves or refuses what somebody else has said. An approval goes into the map of the sender in
 * the same commit; messages are mapped by it once the map has been read again. `context` has the rights of a link.
 * Problems: not-found; conflict `code-already-mapped`, `nothing-proposed`, `version-conflict`; forbidden
 * `second-person-needed`, `person-needed`; incorrect `unit-not-ucum`; those of the record.
 */
export async function decideCode(
  context: Context,
  { id, order }: { readonly id: string; readonly order: CodeOrder },
): Promise<Result<UnknownCode>> {
  const read = await context.record.read(unknownCodeKind, id);
  if (!read.ok) return read;
  const unknown = parseBody<UnknownCode>(read.value);
  const deciding = { context, id, version: read.value.version, unknown, order };
  const problem =
    notPerson(deciding) ?? (order.action === "propose" ? proposalProblem(deciding) : answerProblem(deciding));
  if (problem !== undefined) return failed(problem);
  return order.action === "approve" ? approve(deciding) : write(deciding, decided(deciding), []);
}

function notPerson({ context: { actor } }: Deciding): Problem | undefined {
  return actor.via === "session" ? undefined : personNeeded;
}

const personNeeded = forbidden("person-needed", "This takes two people who have signed in; a token does not count.");

/** A unit is of use only as a unit that can be computed with. */
function proposalProblem({ unknown, order }: Deciding): Problem | undefined {
  if (unknown.state === "mapped" || unknown.state === "approved") return alreadyMapped;
  const target = order.action === "propose" ? order.target : undefined;
  if (unknown.field !== "OBX-6" || target === undefined) return undefined;
  return target.system === ucumSystem && isUcumUnit(target.code) ? undefined : notUcum;
}

const alreadyMapped = conflict("code-already-mapped", "The map of this sender has a meaning for this code already.");
const notUcum = incorrect("unit-not-ucum", "A unit is mapped to a unit of UCUM, in its case-sensitive form.", {
  where: "target.code",
});

function answerProblem({ unknown: { state, proposal }, context }: Deciding): Problem | undefined {
  if (state !== "proposed" || proposal === undefined) return nothingProposed;
  return proposal.by === context.actor.reference ? samePerson : undefined;
}

const nothingProposed = conflict("nothing-proposed", "Nobody has proposed a meaning for this code.");
const samePerson = forbidden("second-person-needed", "Somebody else has to decide on what you proposed.");

/** A proposal, or the refusal of one, after which it is open again. */
function decided({ context, unknown, order }: Deciding): UnknownCode {
  const by = decisionBy(context, order);
  const { proposal: _, decision: _before, ...rest } = unknown;
  if (order.action !== "propose") return { ...rest, state: "open", decision: by };
  const { target } = order;
  return { ...rest, state: "proposed", proposal: target === undefined ? by : { ...by, target } };
}

async function approve(deciding: Deciding): Promise<Result<UnknownCode>> {
  const { context, unknown, order } = deciding;
  const meaning = unknown.proposal?.target ?? "none";
  const id = senderMapId(unknown.sender);
  const maps = await context.record.readMany([{ kind: "ConceptMap", id }]);
  if (!maps.ok) return maps;
  const [known] = maps.value;
  const body = withMeaning(known && parseBody<SenderMap>(known), unknown, meaning);
  const state = meaning === "none" ? "aside" : "approved";
  return write(deciding, { ...unknown, state, decision: decisionBy(context, order) }, [
    { action: "update", kind: "ConceptMap", id, body, ifMatch: known?.version ?? 0 },
  ]);
}

function decisionBy({ actor, clock }: Context, { comment }: CodeOrder): CodeDecision {
  return { by: actor.reference, display: actor.display, at: toIso(clock.now()), comment };
}

async function write(
  { context, id, version }: Deciding,
  unknown: UnknownCode,
  more: readonly Operation[],
): Promise<Result<UnknownCode>> {
  const body = present<UnknownCode>(unknown);
  const written = await context.record.transact({
    operations: [{ action: "update", kind: unknownCodeKind, id, body, ifMatch: version }, ...more],
  });
  return written.ok ? ok(body) : written;
}
