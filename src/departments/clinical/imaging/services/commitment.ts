import type { Context } from "#access";
import { type Log, limits, type Result } from "#kernel";
import { type DataSet, dataSetOf, tagNamed } from "#standards/dicom";
import {
  type Association,
  type DimseRequest,
  type NormalizedOperation,
  type NormalizedReply,
  type ProposedService,
  sopClasses,
  statuses,
  statusKind,
  success,
  wellKnownInstances,
} from "#standards/dimse";
import type { NamedNode } from "../nodes/index.ts";
import type { NodeCaller } from "./node-caller.ts";

export interface CommitmentNeeds {
  /** Sees what was sent, whoever asks. */
  readonly keeper: Pick<Context, "images">;
  readonly ownAeTitle: string;
  readonly log: Log;
  call(node: NamedNode, contexts: readonly ProposedService[]): Promise<Result<Association>>;
  /** Settles after so long, or when Corridor stops. */
  later(ms: number): Promise<void>;
}

type Committing = DimseRequest<NodeCaller> & NormalizedOperation;

/** What is asked to be kept. */
interface Referenced {
  readonly sopClass: string;
  readonly sopInstance: string;
}

/**
 * Storage commitment: says of each object whether it is kept, by a report on the same association, else on one of its own.
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
  void report(request, { transaction, asked }, needs);
  return { status: success };
}

interface Commitment {
  readonly transaction: string;
  readonly asked: readonly Referenced[];
}

/** How long is waited before each try; after the last the node has to ask again. */
const triesAfterMs = [0, 1_000, 10_000, 60_000, 300_000];

async function report(request: Committing, commitment: Commitment, needs: CommitmentNeeds): Promise<void> {
  const { association } = request;
  const operation = await reportOf(commitment, needs);
  for (const afterMs of triesAfterMs) {
    // Behind the answer to the request, and not while the requester is still about to hang up.
    await needs.later(afterMs);
    const told = association.isOpen() ? await association.normalized(operation) : await tell(operation, request, needs);
    if (told.is === "answered" && statusKind(told.reply.status.code) === "success") return;
  }
  needs.log.warn("a storage commitment could not be told", { node: association.callingAe });
}

const sopClass = sopClasses.storageCommitmentPush;

async function tell(operation: NormalizedOperation, request: Committing, { call }: CommitmentNeeds) {
  const opened = await call(request.association.caller.node, [{ sopClass, role: "scp" }]);
  if (!opened.ok) return { is: "failed", problem: opened.problems[0] } as const;
  const told = await opened.value.normalized(operation);
  await opened.value.release();
  return told;
}

async function reportOf({ transaction, asked }: Commitment, needs: CommitmentNeeds): Promise<NormalizedOperation> {
  const kept = await keptClasses(asked, needs.keeper);
  const reasonOf = ({ sopClass: told, sopInstance }: Referenced) => {
    if (kept === undefined) return statuses.processingFailure;
    const is = kept.get(sopInstance);
    if (is === undefined) return statuses.noSuchSopInstance;
    return is === told ? undefined : statuses.classInstanceConflict;
  };
  const committed = asked.filter((each) => reasonOf(each) === undefined).map((each) => itemOf(each, undefined));
  const failed = asked.flatMap((each) => {
    const reason = reasonOf(each);
    return reason === undefined ? [] : [itemOf(each, reason)];
  });
  return {
    operation: "N-EVENT-REPORT",
    sopClass,
    sopInstance: wellKnownInstances.storageCommitmentPush,
    eventType: failed.length === 0 ? 1 : 2,
    dataSet: dataSetOf({
      TransactionUID: transaction,
      RetrieveAETitle: needs.ownAeTitle,
      ReferencedSOPSequence: committed.length === 0 ? undefined : committed,
      FailedSOPSequence: failed.length === 0 ? undefined : failed,
    }),
  };
}

function itemOf({ sopClass: told, sopInstance }: Referenced, reason: number | undefined): DataSet {
  return dataSetOf({
    ReferencedSOPClassUID: told,
    ReferencedSOPInstanceUID: sopInstance,
    FailureReason: reason,
  });
}

/** The SOP class of each that is kept; undefined when the archive does not answer. */
async function keptClasses(
  asked: readonly Referenced[],
  { images }: CommitmentNeeds["keeper"],
): Promise<ReadonlyMap<string, string> | undefined> {
  const path = [tagNamed("SOPInstanceUID") ?? 0];
  const kept = new Map<string, string>();
  const uids = asked.map(({ sopInstance }) => sopInstance);
  for (let at = 0; at < uids.length; at += limits.dimseMatchesTogetherMax) {
    const values = uids.slice(at, at + limits.dimseMatchesTogetherMax);
    const match = [{ path, test: { is: "one-of", values } as const }];
    const found = await images.find({ level: "instance", match, limit: values.length });
    if (!found.ok) return undefined;
    for (const { json, uids: address } of found.value.rows)
      kept.set(address.instance ?? "", /"00080016":\{"vr":"UI","Value":\["([0-9.]+)"\]/.exec(json)?.[1] ?? "");
  }
  return kept;
}
