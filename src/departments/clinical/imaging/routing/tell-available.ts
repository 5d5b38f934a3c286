import type { StoredInstance } from "#imaging";
import { failed, type Ids, ok, type Result, unavailable } from "#kernel";
import { dataSetOf } from "#standards/dicom";
import { type NormalizedOperation, sopClasses, statusKind } from "#standards/dimse";
import { madeUid } from "../made-uid.ts";
import type { NamedNode } from "../nodes/node-directory.ts";
import type { ChannelNeeds } from "./channel.ts";

export interface TellingNeeds extends Pick<ChannelNeeds, "call"> {
  readonly ids: Ids;
  /** From whom the objects can be fetched. */
  readonly ownAeTitle: string;
}

/** Tells a node that these objects of one study can be fetched here. Problems: those of calling; unavailable `notice-refused`. */
export async function tellAvailable(
  needs: TellingNeeds,
  node: NamedNode,
  objects: readonly StoredInstance[],
): Promise<Result<void>> {
  const operation = availabilityNotice(needs, objects);
  const opened = await needs.call(node, [{ sopClass: operation.sopClass }]);
  if (!opened.ok) return opened;
  try {
    const outcome = await opened.value.normalized(operation);
    if (outcome.is !== "answered") return failed(outcome.problem);
    const { code, comment } = outcome.reply.status;
    if (statusKind(code) === "success") return ok(undefined);
    const why = comment ?? `status ${code.toString(16)}H`;
    return failed(unavailable("notice-refused", `${node.aeTitle} does not take the notice: ${why}.`));
  } finally {
    await opened.value.release();
  }
}

/** The notice, which is an instance of its own each time. Source: PS3.4 Table R.3.2-1. */
function availabilityNotice(
  { ids, ownAeTitle }: TellingNeeds,
  objects: readonly StoredInstance[],
): NormalizedOperation & { readonly operation: "N-CREATE" } {
  const bySeries = [...Map.groupBy(objects, ({ series }) => series)];
  const series = bySeries.map(([SeriesInstanceUID, own]) =>
    dataSetOf({
      SeriesInstanceUID,
      ReferencedSOPSequence: own.map(({ sopClass, instance }) =>
        dataSetOf({
          RetrieveAETitle: ownAeTitle,
          InstanceAvailability: "ONLINE",
          ReferencedSOPClassUID: sopClass,
          ReferencedSOPInstanceUID: instance,
        }),
      ),
    }),
  );
  const dataSet = dataSetOf({
    ReferencedPerformedProcedureStepSequence: [],
    StudyInstanceUID: objects[0]?.study ?? "",
    ReferencedSeriesSequence: series,
  });
  return { operation: "N-CREATE", sopClass: sopClasses.instanceAvailability, sopInstance: madeUid(ids), dataSet };
}
