import type { DimseService, Status, StoreRequest } from "#standards/dimse";
import { answer, type Performance } from "./stage.ts";

type Store<Caller> = NonNullable<DimseService<Caller>["store"]>;

/** Source: PS3.7 §9.1.1. */
export async function performStore<Caller>(performing: Performance<Caller>, store: Store<Caller>): Promise<Status> {
  const { asked, request, stage } = performing;
  const { command, context, queue } = asked;
  const { affectedSopClass = "", affectedSopInstance = "", moveOriginator, moveOriginatorMessageId } = command;
  if (queue === undefined) throw new Error("a data set was seen to come");
  const originator = moveOriginator && { aeTitle: moveOriginator, messageId: moveOriginatorMessageId ?? 0 };
  const storing: StoreRequest<Caller> = {
    ...request,
    sopClass: affectedSopClass,
    sopInstance: affectedSopInstance,
    transferSyntax: context.transferSyntax,
    ...(originator && { moveOriginator: originator }),
    dataSet: queue,
  };
  const status = await store(storing);
  await queue.discardRest();
  stage.meter.received(queue.totalBytes);
  return answer(asked, stage, status, { affectedSopInstance });
}
