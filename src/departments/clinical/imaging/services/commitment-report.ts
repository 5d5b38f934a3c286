import type { Context } from "#access";
import { limits } from "#kernel";
import { type DataSet, dataSetOf, tagNamed } from "#standards/dicom";
import { type NormalizedOperation, sopClasses, statuses, wellKnownInstances } from "#standards/dimse";

/** What is asked to be kept. */
export interface Referenced {
  readonly sopClass: string;
  readonly sopInstance: string;
}

/** A request to commit to the storage of objects. */
export interface Commitment {
  readonly transaction: string;
  readonly asked: readonly Referenced[];
}

export interface ReportNeeds {
  /** Sees what was sent, whoever asks. */
  readonly keeper: Pick<Context, "images">;
  readonly ownAeTitle: string;
}

const sopClass = sopClasses.storageCommitmentPush;

/** What is told of each object: that it is kept, or why not. Source: PS3.4 Table J.3-2. */
export async function reportOf({ transaction, asked }: Commitment, needs: ReportNeeds): Promise<NormalizedOperation> {
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
  { images }: ReportNeeds["keeper"],
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
