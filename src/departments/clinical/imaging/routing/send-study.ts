import type { Context } from "#access";
import type { InstanceCursor, StoredInstance } from "#imaging";
import { failed, type Ids, instant, limits, ok, type Problem, type Result, toIso, unavailable } from "#kernel";
import { statusKind } from "#standards/dimse";
import type { NamedNode } from "../nodes/node-directory.ts";
import { type ChannelNeeds, openChannel } from "./channel.ts";
import { commitmentWish } from "./commitment.ts";
import { type ImageSend, imageSendKind, type NamedSend } from "./image-send.ts";
import { tellAvailable } from "./tell-available.ts";

export interface SendNeeds extends ChannelNeeds {
  readonly context: Context;
  readonly ids: Ids;
  /** What other nodes call Corridor. */
  readonly ownAeTitle: string;
  /** Aborted when Corridor stops. */
  readonly stop: AbortSignal;
}

/** Minutes until the next try after each: every ten for an hour, then a person has to look. */
const retryMinutes = 10;
const attemptsMax = 6;

/**
 * Sends what is left of a study to its node, over as many associations as its kinds of objects need, and keeps how far it has come
 * as it goes: after a crash it goes on there, a few objects twice. A node that does not answer is tried again; one object that
 * it refuses is counted, and the others still go.
 */
export async function sendStudy(needs: SendNeeds, node: NamedNode, send: NamedSend): Promise<Result<ImageSend>> {
  if (node.isTold === true) return tellStudy(needs, node, send);
  let state = send;
  for (;;) {
    const page = await needs.context.images.instances({
      address: { study: send.study },
      withMetadata: false,
      order: "received",
      limit: limits.imagesSentTogetherMax,
      ...(state.after === undefined ? {} : { after: state.after }),
    });
    if (!page.ok) return page;
    const { instances, next, end } = page.value;
    if (instances.length > 0) {
      const sent = await sendPage(needs, { node, send: state, instances });
      if (!sent.ok) return keep(needs, triedAgain(needs, state, sent.problems[0]));
      const progress = { sent: state.sent + sent.value.sent, failed: state.failed + sent.value.failed };
      state = { ...state, ...progress, ...(end === undefined ? {} : { after: end }) };
    }
    if (next === undefined) break;
    const kept = await keep(needs, state);
    if (!kept.ok) return kept;
    if (needs.stop.aborted) return ok(state);
  }
  const { reason: _, ...done } = state;
  const over = { ...done, state: state.failed > 0 ? ("parked" as const) : ("sent" as const), ...refusedReason(state) };
  const isAsked = node.commits && node.host !== undefined && state.failed === 0;
  return isAsked ? askCommitment(needs, node, over) : keep(needs, over);
}

/** All of the study as it is now, also where some of it was told before. */
async function tellStudy(needs: SendNeeds, node: NamedNode, send: NamedSend): Promise<Result<ImageSend>> {
  const objects = await allOf(needs, send.study);
  if (!objects.ok) return objects;
  const told = objects.value.length === 0 ? ok(undefined) : await tellAvailable(needs, node, objects.value);
  if (!told.ok) return keep(needs, triedAgain(needs, send, told.problems[0]));
  const { reason: _, ...done } = send;
  return keep(needs, { ...done, state: "sent", sent: objects.value.length, failed: 0 });
}

function refusedReason({ failed: count }: ImageSend): Partial<ImageSend> {
  return count === 0 ? {} : { reason: `The node refused ${count} of the objects; the others were sent.` };
}

interface PageOfSend {
  readonly node: NamedNode;
  readonly send: ImageSend;
  readonly instances: readonly StoredInstance[];
}

interface PageSent {
  readonly sent: number;
  readonly failed: number;
}

async function sendPage(needs: SendNeeds, { node, send, instances }: PageOfSend): Promise<Result<PageSent>> {
  const opened = await openChannel(needs, node, { instances, wanted: send.transferSyntax });
  if (!opened.ok) return opened;
  let [sent, refused] = [0, 0];
  try {
    for (const object of instances) {
      const outcome = await opened.value.send(object);
      if (!outcome.ok) return outcome;
      if (outcome.value) sent += 1;
      else refused += 1;
      if (needs.stop.aborted) return failed(stopping);
    }
  } finally {
    await opened.value.close();
  }
  return ok({ sent, failed: refused });
}

const stopping = unavailable("stopping", "Corridor stops; it goes on at its next start.");

function triedAgain({ context }: SendNeeds, send: ImageSend, { message, code }: Problem): ImageSend {
  if (code === "stopping") return send;
  const attempts = send.attempts + 1;
  const state = attempts >= attemptsMax ? "parked" : "waiting";
  return {
    ...send,
    attempts,
    state,
    reason: message,
    nextAt: toIso(instant(context.clock.now() + retryMinutes * 60_000)),
  };
}

async function keep({ context }: SendNeeds, send: ImageSend & { readonly id?: string }): Promise<Result<ImageSend>> {
  const { id = "", ...body } = send;
  const written = await context.record.transact({ operations: [{ action: "update", kind: imageSendKind, id, body }] });
  return written.ok ? ok(send) : written;
}

/**
 * Asks the node to say that it answers for all of the study. What is asked is written down first, as the answer may be here before
 * the request is answered. Source: PS3.4 §J.3.2.
 */
async function askCommitment(needs: SendNeeds, node: NamedNode, send: NamedSend): Promise<Result<ImageSend>> {
  const objects = await allOf(needs, send.study);
  if (!objects.ok) return objects;
  const wish = commitmentWish(needs.ids, objects.value);
  const kept = await keep(needs, { ...send, commitment: "asked", transaction: wish.transaction });
  if (!kept.ok) return kept;
  const opened = await needs.call(node, [{ sopClass: wish.operation.sopClass }]);
  if (!opened.ok) return keep(needs, { ...send, commitment: "not-asked" });
  try {
    const outcome = await opened.value.normalized(wish.operation);
    const isAsked = outcome.is === "answered" && statusKind(outcome.reply.status.code) === "success";
    return isAsked ? kept : keep(needs, { ...send, commitment: "not-asked" });
  } finally {
    await opened.value.release();
  }
}

async function allOf({ context }: SendNeeds, study: string): Promise<Result<readonly StoredInstance[]>> {
  const all: StoredInstance[] = [];
  for (let after: InstanceCursor | undefined; ; ) {
    const place = after === undefined ? {} : { after };
    const limit = limits.imageInstancesPageMax;
    const page = await context.images.instances({ address: { study }, withMetadata: false, limit, ...place });
    if (!page.ok) return page;
    all.push(...page.value.instances);
    after = page.value.next;
    if (after === undefined) return ok(all);
  }
}
