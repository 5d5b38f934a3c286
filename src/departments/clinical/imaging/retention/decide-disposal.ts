import type { Context } from "#access";
import { conflict, failed, forbidden, limits, ok, type Problem, type Result } from "#kernel";
import type { disposalSteps, ImageDisposalView } from "../../api/image-retention.ts";
import { stateKey } from "../routing/image-send.ts";
import {
  disposalView,
  type ImageDisposal,
  imageDisposalKind,
  knownDisposal,
  readRetentionRules,
  saidBy,
  writeDisposal,
} from "./image-disposal.ts";

/**
 * Proposes that what the rules let go now is deleted: it is counted, and then somebody else decides. Problems: conflict
 * `no-rules`, `deletion-under-way`; those of the record.
 */
export async function proposeDisposal(context: Context, reason: string): Promise<Result<ImageDisposalView>> {
  const { record, clock, hospitalTime, ids } = context;
  const found = await readRetentionRules(record, limits.imageRetentionRulesMax);
  if (!found.ok) return found;
  const rules = found.value.filter(({ isOn }) => isOn);
  if (rules.length === 0) return failed(noRules);
  const open = await record.count({
    kind: imageDisposalKind,
    all: [{ is: "key", any: ["counting", "proposed", "agreed", "stopped"].map(stateKey) }],
    sort: { by: "updated", descending: true },
    limit: 1,
  });
  if (!open.ok) return open;
  if (open.value > 0) return failed(underWay);
  const disposal: ImageDisposal = {
    state: "counting",
    day: hospitalTime.day(clock.now()),
    rules,
    proposed: saidBy(context, reason),
    foreseen: { studies: 0, objects: 0, kept: {} },
    gone: { studies: 0, objects: 0, versions: 0 },
    kept: {},
    waiting: 0,
  };
  const written = await writeDisposal(record, { id: ids.next(), version: 0, disposal });
  return written.ok ? ok(disposalView(written.value)) : written;
}

/**
 * Agrees, as somebody else than who proposed it, or refuses. Agreed, it is carried out behind this. Problems: not-found;
 * forbidden `second-person-needed`; conflict `disposal-decided`, `still-counting`; those of the record.
 */
export function decideDisposal(
  context: Context,
  id: string,
  { agree, reason }: { readonly agree: boolean; readonly reason: string },
): Promise<Result<ImageDisposalView>> {
  return change(context, id, (disposal) => {
    const { state, proposed } = disposal;
    const isOpen = state === "proposed" || state === "counting";
    if (!isOpen) return failed(decidedAlready);
    const decided = saidBy(context, reason);
    if (!agree) return ok({ ...disposal, state: "refused", decided });
    if (state === "counting") return failed(stillCounting);
    if (proposed.by === context.actor.reference) return failed(samePerson);
    return ok({ ...disposal, state: "agreed", decided });
  });
}

/** Stops one that is being carried out, or lets it go on. Problems: not-found; conflict `disposal-not-so`; those of the record. */
export function stepDisposal(
  context: Context,
  id: string,
  { step, reason }: { readonly step: (typeof disposalSteps)[number]; readonly reason: string },
): Promise<Result<ImageDisposalView>> {
  const [from, to] = step === "stop" ? (["agreed", "stopped"] as const) : (["stopped", "agreed"] as const);
  return change(context, id, (disposal) =>
    disposal.state === from ? ok({ ...disposal, state: to, stopped: saidBy(context, reason) }) : failed(notSo),
  );
}

/** The worker may write between reading and writing: then it is read again. */
const triesMax = 5;

async function change(
  { record }: Context,
  id: string,
  changed: (disposal: ImageDisposal) => Result<ImageDisposal>,
): Promise<Result<ImageDisposalView>> {
  for (let tries = 1; ; tries += 1) {
    const read = await record.read(imageDisposalKind, id);
    if (!read.ok) return read;
    const known = knownDisposal(read.value);
    const disposal = changed(known.disposal);
    if (!disposal.ok) return disposal;
    const written = await writeDisposal(record, { ...known, disposal: disposal.value });
    if (written.ok) return ok(disposalView(written.value));
    if (!isConflict(written.problems[0]) || tries === triesMax) return written;
  }
}

function isConflict({ category }: Problem): boolean {
  return category === "conflict";
}

const noRules = conflict("no-rules", "No rule of how long studies are kept is switched on.");
const underWay = conflict("deletion-under-way", "A deletion is under way already: decide on it, or let it end, first.");
const decidedAlready = conflict("disposal-decided", "It was decided before.");
const stillCounting = conflict("still-counting", "It is still being counted what would go.");
const samePerson = forbidden("second-person-needed", "Somebody else has to agree to what you proposed.");
const notSo = conflict("disposal-not-so", "It is not being carried out, or was not stopped.");
