import type { Context } from "#access";
import { type Log, limits, ok, type Result } from "#kernel";
import {
  type Association,
  type DimseRequest,
  type IncomingAssociation,
  type NormalizedOperation,
  type NormalizedReply,
  type ProposedService,
  sopClasses,
  statuses,
  statusKind,
  success,
  wellKnownInstances,
} from "#standards/dimse";
import type { NamedNode, NodeDirectory } from "../nodes/index.ts";
import { type Commitment, type ReportNeeds, reportOf } from "./commitment-report.ts";
import type { NodeCaller } from "./node-caller.ts";
import { forgetCommitment, keepCommitment, pendingCommitments } from "./pending-commitment.ts";

export interface CommitmentNeeds extends ReportNeeds {
  /** Sees what was sent, whoever asks, and writes down what is still to be told. */
  readonly keeper: Pick<Context, "images" | "record" | "clock">;
  readonly log: Log;
  call(node: NamedNode, contexts: readonly ProposedService[]): Promise<Result<Association>>;
  /** True after so long; false as soon as Corridor stops. */
  later(ms: number): Promise<boolean>;
}

type Committing = DimseRequest<NodeCaller> & NormalizedOperation;

/**
 * Storage commitment: says of each object whether it is kept, by a report on the same association, else on one of its own. That it
 * is to be told is written down before the request is answered.
 * Source: PS3.4 Annex J.
 */
export async function commit(request: Committing, needs: CommitmentNeeds): Promise<NormalizedReply> {
  if (request.operation !== "N-ACTION") return { status: { code: statuses.unrecognizedOperation } };
  if (request.sopInstance !== wellKnownInstances.storageCommitmentPush)
    return { status: { code: statuses.noSuchSopInstance } };
  if (request.actionType !== 1) return { status: { code: statuses.noSuchActionType } };
  const transaction = request.dataSet?.text("TransactionUID");
  const asked = (request.dataSet?.items("ReferencedSOPSequence") ?? []).map((item) => ({
    sopClass: item.text("ReferencedSOPClassUID") ?? "",
    sopInstance: item.text("ReferencedSOPInstanceUID") ?? "",
  }));
  if (transaction === undefined || asked.length === 0) return { status: { code: statuses.invalidArgumentValue } };
  if (asked.length > limits.retrievedObjectsMax) return { status: { code: statuses.resourceLimitation } };
  const { association } = request;
  const { node } = association.caller;
  const commitment = { transaction, asked };
  const kept = await keepCommitment(needs.keeper, { ...commitment, node: node.id });
  if (!kept.ok) return { status: { code: statuses.processingFailure } };
  void tellCommitment({ commitment, node, association }, needs);
  return { status: success };
}

/** How long is waited before each try; after the last the node has to ask again. */
const triesAfterMs = [0, 1_000, 10_000, 60_000, 300_000];

export interface Telling {
  readonly commitment: Commitment;
  readonly node: NamedNode;
  /** That it was asked on; the report goes the same way while it is open. */
  readonly association?: Pick<IncomingAssociation<NodeCaller>, "isOpen" | "normalized">;
}

/** Tells a node what it asked, until it has heard it or is given up. What a stop cuts short is told after the next start. */
export async function tellCommitment(
  { commitment, node, association }: Telling,
  needs: CommitmentNeeds,
): Promise<void> {
  const operation = await reportOf(commitment, needs);
  for (const afterMs of triesAfterMs) {
    // Behind the answer to the request, and not while the requester is still about to hang up.
    if (!(await needs.later(afterMs))) return;
    const told =
      association?.isOpen() === true ? await association.normalized(operation) : await tell(operation, node, needs);
    if (told.is === "answered" && statusKind(told.reply.status.code) === "success")
      return forgetCommitment(needs.keeper, commitment.transaction);
  }
  needs.log.warn("a storage commitment could not be told", { node: node.aeTitle });
  await forgetCommitment(needs.keeper, commitment.transaction);
}

async function tell(operation: NormalizedOperation, node: NamedNode, { call }: CommitmentNeeds) {
  const opened = await call(node, [{ sopClass: sopClasses.storageCommitmentPush, role: "scp" }]);
  if (!opened.ok) return { is: "failed", problem: opened.problems[0] } as const;
  const told = await opened.value.normalized(operation);
  await opened.value.release();
  return told;
}

/** What an earlier run was asked and never told. Problems: those of the record. */
export async function resumeCommitments(
  needs: CommitmentNeeds,
  directory: Pick<NodeDirectory, "nodes">,
): Promise<Result<void>> {
  const pending = await pendingCommitments(needs.keeper);
  if (!pending.ok) return pending;
  const nodes = await directory.nodes();
  if (!nodes.ok) return nodes;
  for (const { node: id, ...commitment } of pending.value) {
    const node = nodes.value.find((each) => each.id === id);
    if (node === undefined) await forgetCommitment(needs.keeper, commitment.transaction);
    else void tellCommitment({ commitment, node }, needs);
  }
  return ok(undefined);
}
