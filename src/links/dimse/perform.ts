import { fault } from "#kernel";
import { type Status, statuses, statusOf, success } from "#standards/dimse";
import type { Asked } from "./conversation.ts";
import { performNormalized } from "./perform-normalized.ts";
import { performFind, performRetrieve } from "./perform-query.ts";
import { performStore } from "./perform-store.ts";
import { serviceFor } from "./services.ts";
import { answer, operationOf, type Performance, refuse, type Stage } from "./stage.ts";

/** Does what is asked by the service of its SOP class, and answers. Never rejects: a service that throws is a failure. */
export async function perform<Caller>(asked: Asked, stage: Stage<Caller>): Promise<void> {
  const { context, command, signal } = asked;
  const operation = command.name.replace(/-RQ$/, "");
  const startedMs = performance.now();
  try {
    if (!asked.isWanted()) return;
    const service = serviceFor(stage.services, context.sopClass);
    const request = { association: stage.association, context, messageId: command.messageId ?? 0, signal };
    const status =
      service === undefined
        ? await refuse(asked, stage, { code: statuses.sopClassNotSupported })
        : await performBy({ stage, service, asked, request });
    stage.meter.operation(operation, status.code, performance.now() - startedMs);
  } catch (error) {
    const cause = error instanceof Error ? error : new Error(String(error));
    stage.log.error("dimse operation failed", { association: stage.association.id, operation, error: cause });
    await refuse(asked, stage, statusOf(fault("dimse-operation-failed", "", { cause }), operationOf(command.name)));
    stage.meter.operation(operation, statuses.processingFailure, performance.now() - startedMs);
  }
}

async function performBy<Caller>(performing: Performance<Caller>): Promise<Status> {
  const { asked, stage, service, request } = performing;
  const status = faultyRequest(asked);
  if (status !== undefined) return refuse(asked, stage, status);
  switch (asked.command.name) {
    case "C-ECHO-RQ":
      return answer(asked, stage, service.echo === undefined ? success : await service.echo(request));
    case "C-STORE-RQ":
      return service.store === undefined ? unknown(performing) : performStore(performing, service.store);
    case "C-FIND-RQ":
      return service.find === undefined ? unknown(performing) : performFind(performing, service.find);
    case "C-MOVE-RQ":
    case "C-GET-RQ":
      return performRetrieve(performing);
    default:
      return service.normalized === undefined ? unknown(performing) : performNormalized(performing, service.normalized);
  }
}

function unknown<Caller>({ asked, stage }: Performance<Caller>): Promise<Status> {
  return refuse(asked, stage, { code: statuses.unrecognizedOperation });
}

/** What no service needs to see. */
function faultyRequest({ command, context, problems, isTooLong, queue }: Asked): Status | undefined {
  if (isTooLong === true) return { code: statuses.resourceLimitation, comment: "The data set is too long" };
  const [problem] = problems;
  if (problem !== undefined) return { code: statuses.mistypedArgument, comment: problem.message };
  const isComposite = command.name.startsWith("C-");
  if (isComposite && !context.mayReceive) return { code: statuses.notAuthorized, comment: "Role not negotiated" };
  if (command.name === "C-STORE-RQ" && queue === undefined) return { code: statuses.mistypedArgument };
  return undefined;
}
