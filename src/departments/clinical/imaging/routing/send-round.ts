import { limits, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody, type Query } from "#record";
import { isCalled } from "../nodes/dicom-node.ts";
import type { NamedNode, NodeDirectory } from "../nodes/node-directory.ts";
import { type ImageSend, imageSendKind, type NamedSend, nodeStateKey, stateKey } from "./image-send.ts";
import { type SendNeeds, sendStudy } from "./send-study.ts";

export interface SendRoundNeeds extends SendNeeds {
  readonly directory: NodeDirectory;
  /** The whole record: looking whether there is something to do shows nothing to anybody, and leaves no entry in the log. */
  readonly look: Pick<HealthRecord, "search">;
}

/** Nodes that are being sent to. */
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
  const waiting = await needs.look.search(oldest(stateKey("waiting")));
  if (!waiting.ok) return waiting;
  if (waiting.value.versions.length === 0) return ok([]);
  const nodes = await needs.directory.nodes();
  if (!nodes.ok) return nodes;
  const started: Promise<Result<ImageSend>>[] = [];
  for (const node of nodes.value) {
    if (lanes.busy.size >= limits.imageSendsAtOnceMax) break;
    if (node.isPaused || !isCalled(node) || lanes.busy.has(node.id)) continue;
    const due = await nextDue(needs, node);
    if (!due.ok) return due;
    if (due.value === undefined) continue;
    lanes.busy.add(node.id);
    started.push(sendStudy(needs, node, due.value).finally(() => lanes.busy.delete(node.id)));
  }
  return ok(started);
}

/** The oldest that waits, unless it is to be tried again later: then all of the node wait behind it. */
async function nextDue({ context, look }: SendRoundNeeds, node: NamedNode): Promise<Result<NamedSend | undefined>> {
  const found = await look.search(oldest(nodeStateKey(node.id, "waiting")));
  if (!found.ok) return found;
  const [version] = found.value.versions;
  if (version === undefined) return ok(undefined);
  const send: NamedSend = { ...parseBody<ImageSend>(version), id: version.id };
  return ok(send.nextAt <= toIso(context.clock.now()) ? send : undefined);
}

function oldest(key: string): Query {
  const sort = { by: "updated", descending: false } as const;
  return { kind: imageSendKind, all: [{ is: "key", any: [key] }], sort, limit: 1 };
}
