import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { type Ids, limits, ok, type Result } from "#kernel";
import { parseBody } from "#record";
import { dataSetOf } from "#standards/dicom";
import {
  type NormalizedOperation,
  type NormalizedReply,
  sopClasses,
  statuses,
  success,
  wellKnownInstances,
} from "#standards/dimse";
import { madeUid } from "../made-uid.ts";
import { type ImageSend, imageSendKind, transactionKey } from "./image-send.ts";

export interface CommitmentWish {
  readonly transaction: string;
  readonly operation: NormalizedOperation;
}

/** The request to commit to these objects. Source: PS3.4 Table J.3-1. */
export function commitmentWish(ids: Ids, instances: readonly StoredInstance[]): CommitmentWish {
  const transaction = madeUid(ids);
  const objects = instances.map(({ sopClass, instance }) =>
    dataSetOf({ ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: instance }),
  );
  const operation = {
    operation: "N-ACTION",
    sopClass: sopClasses.storageCommitmentPush,
    sopInstance: wellKnownInstances.storageCommitmentPush,
    actionType: 1,
    dataSet: dataSetOf({ TransactionUID: transaction, ReferencedSOPSequence: objects }),
  } as const;
  return { transaction, operation };
}

/** A node's report on what it was asked to commit to. Source: PS3.4 §J.3.3. */
export async function commitmentReported(
  context: Context,
  request: NormalizedOperation & { readonly operation: "N-EVENT-REPORT" },
): Promise<NormalizedReply> {
  const transaction = request.dataSet?.text("TransactionUID");
  if (transaction === undefined) return { status: { code: statuses.invalidArgumentValue } };
  const isWhole = request.eventType === 1;
  const refused = request.dataSet?.items("FailedSOPSequence").length ?? 0;
  const known = await commitmentAnswered(context, { transaction, isWhole, failed: refused });
  if (!known.ok) return { status: { code: statuses.processingFailure } };
  return { status: known.value ? success : { code: statuses.noSuchSopInstance } };
}

/**
 * A node answers a request for commitment: event 1, it has all; event 2, it lacks some. False when nothing was asked under that
 * transaction. Source: PS3.4 §J.3.3.
 */
async function commitmentAnswered(
  { record }: Context,
  {
    transaction,
    isWhole,
    failed: count,
  }: { readonly transaction: string; readonly isWhole: boolean; readonly failed: number },
): Promise<Result<boolean>> {
  const all = [{ is: "key", any: [transactionKey(transaction)] }] as const;
  const sort = { by: "updated", descending: true } as const;
  const found = await record.search({ kind: imageSendKind, all, sort, limit: limits.nodesMax });
  if (!found.ok) return found;
  for (const version of found.value.versions) {
    const send = parseBody<ImageSend>(version);
    const refused = { state: "parked" as const, reason: `The node does not commit to ${count} of the objects.` };
    const body: ImageSend = { ...send, commitment: isWhole ? "given" : "refused", ...(isWhole ? {} : refused) };
    const operations = [{ action: "update", kind: imageSendKind, id: version.id, body }] as const;
    const written = await record.transact({ operations });
    if (!written.ok) return written;
  }
  return ok(found.value.versions.length > 0);
}
