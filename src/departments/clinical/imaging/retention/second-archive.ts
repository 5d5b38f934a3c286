import type { Context } from "#access";
import { type Instant, ok, type Result, toIso } from "#kernel";
import { parseBody } from "#record";
import type { NodeDirectory } from "../nodes/node-directory.ts";
import { type ImageSend, imageSendId, imageSendKind } from "../routing/image-send.ts";
import { planSends } from "../routing/plan-sends.ts";

export interface SecondArchiveNeeds {
  /** May send studies to other nodes. */
  readonly context: Context;
  readonly directory: Pick<NodeDirectory, "nodes">;
}

/** What a second archive says of a study: it answers for it, has not said so yet, or will not. */
export type Commitment = "given" | "waiting" | "refused";

/**
 * Whether a node has committed to the storage of all of a study since a moment. Where it was not asked since then it is: what it
 * has not got yet is sent first. Source: PS3.4 Annex J.
 */
export async function committedSince(
  { context, directory }: SecondArchiveNeeds,
  { study, node, since }: { readonly study: string; readonly node: string; readonly since: Instant },
): Promise<Result<Commitment>> {
  const nodes = await directory.nodes();
  if (!nodes.ok) return nodes;
  const known = nodes.value.find(({ id }) => id === node);
  if (known === undefined || known.isTold === true || !known.commits || known.host === undefined) return ok("refused");
  const id = imageSendId(study, node);
  const read = await context.record.readMany([{ kind: imageSendKind, id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  if (version === undefined) {
    const planned = await planSends(context, [{ study, node, why: "asked to commit to it before it is deleted here" }]);
    return planned.ok ? ok("waiting") : planned;
  }
  const send = parseBody<ImageSend>(version);
  if (send.state === "waiting") return ok("waiting");
  const isFresh = version.at >= since;
  if (isFresh && send.commitment === "given" && send.state === "sent") return ok("given");
  if (isFresh && (send.commitment === "refused" || send.state !== "sent")) return ok("refused");
  if (isFresh && send.commitment === "asked") return ok("waiting");
  return askedAgain(context, { id, send });
}

/** Goes on behind what was sent, where there is nothing more to send, and asks for commitment. */
async function askedAgain(
  { record, clock }: Context,
  { id, send }: { readonly id: string; readonly send: ImageSend },
): Promise<Result<Commitment>> {
  const { reason: _reason, transaction: _transaction, ...kept } = send;
  const nextAt = toIso(clock.now());
  const again: ImageSend = { ...kept, state: "waiting", commitment: "not-asked", attempts: 0, failed: 0, nextAt };
  const written = await record.transact({ operations: [{ action: "update", kind: imageSendKind, id, body: again }] });
  return written.ok ? ok("waiting") : written;
}
