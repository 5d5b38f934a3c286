import { limits, ok, type Result, toIso } from "#kernel";
import { parseBody } from "#record";
import type { NamedNode, NodeDirectory } from "../nodes/node-directory.ts";
import { type ImageSend, imageSendKind, type NamedSend, nodeStateKey } from "./image-send.ts";
import { type SendNeeds, sendStudy } from "./send-study.ts";

export interface SendRoundNeeds extends SendNeeds {
  readonly directory: NodeDirectory;
}

/** Nodes that are being sent to, and those that have just not answered, with the time from which they are tried again. */
export class SendLanes {
  readonly busy = new Set<string>();
}

/**
 * Starts what is due: of each node the oldest, one at a time, so that a node gets studies in the order in which they came and one
 * that is away holds up none but its own. Answers how many were started; `settled` when they end.
 */
export async function sendRound(
  needs: SendRoundNeeds,
  lanes: SendLanes,
): Promise<Result<readonly Promise<Result<ImageSend>>[]>> {
  const nodes = await needs.directory.nodes();
  if (!nodes.ok) return nodes;
  const started: Promise<Result<ImageSend>>[] = [];
  for (const node of nodes.value) {
    if (lanes.busy.size >= limits.imageSendsAtOnceMax) break;
    if (node.isPaused || node.host === undefined || lanes.busy.has(node.id)) continue;
    const due = await nextDue(needs, node);
    if (!due.ok) return due;
    if (due.value === undefined) continue;
    lanes.busy.add(node.id);
    started.push(sendStudy(needs, node, due.value).finally(() => lanes.busy.delete(node.id)));
  }
  return ok(started);
}

/** The oldest that waits, unless it is to be tried again later: then all of the node wait behind it. */
async function nextDue({ context }: SendNeeds, node: NamedNode): Promise<Result<NamedSend | undefined>> {
  const found = await context.record.search({
    kind: imageSendKind,
    all: [{ is: "key", any: [nodeStateKey(node.id, "waiting")] }],
    sort: { by: "updated", descending: false },
    limit: 1,
  });
  if (!found.ok) return found;
  const [version] = found.value.versions;
  if (version === undefined) return ok(undefined);
  const send: NamedSend = { ...parseBody<ImageSend>(version), id: version.id };
  return ok(send.nextAt <= toIso(context.clock.now()) ? send : undefined);
}
