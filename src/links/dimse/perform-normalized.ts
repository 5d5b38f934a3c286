import { fault, incorrect, type Problem } from "#kernel";
import { type DataSet, transferSyntaxOf, writeDataSet } from "#standards/dicom";
import type { Command, DimseService, NormalizedOperation, NormalizedReply, Status } from "#standards/dimse";
import { statusOf } from "#standards/dimse";
import type { Asked } from "./conversation.ts";
import { answer, isProblem, type Performance, readIdentifier, refuse } from "./stage.ts";

type Normalized<Caller> = NonNullable<DimseService<Caller>["normalized"]>;

/** Source: PS3.7 §10.1. */
export async function performNormalized<Caller>(
  { asked, request, stage }: Performance<Caller>,
  normalized: Normalized<Caller>,
): Promise<Status> {
  const operation = operationOf(asked);
  if (isProblem(operation)) return refuse(asked, stage, statusOf(operation, "N"));
  const reply = await normalized({ ...request, ...operation });
  const dataSet = reply.dataSet && writeDataSet(reply.dataSet, transferSyntaxOf(asked.context.transferSyntax));
  return answer(asked, stage, reply.status, named(asked.command, reply), dataSet);
}

/** What an answer repeats of the request. Source: PS3.7 Tables 10.1-1 to 10.1-6. */
function named(
  { name, affectedSopInstance, requestedSopInstance, eventType, actionType }: Command,
  reply: NormalizedReply,
) {
  const instance = reply.sopInstance ?? affectedSopInstance ?? requestedSopInstance;
  return {
    ...(instance !== undefined && instance !== "" && { affectedSopInstance: instance }),
    ...(name === "N-EVENT-REPORT-RQ" && eventType !== undefined && { eventType }),
    ...(name === "N-ACTION-RQ" && actionType !== undefined && { actionType }),
  };
}

function operationOf(asked: Asked): NormalizedOperation | Problem {
  const { command } = asked;
  const sopClass = command.requestedSopClass ?? command.affectedSopClass ?? asked.context.sopClass;
  const sopInstance = command.requestedSopInstance ?? command.affectedSopInstance ?? "";
  const dataSet = asked.dataSet === undefined ? undefined : readIdentifier(asked);
  if (dataSet !== undefined && isProblem(dataSet)) return dataSet;
  const held = dataSet as DataSet | undefined;
  const with_ = { sopClass, sopInstance, ...(held && { dataSet: held }) };
  switch (command.name) {
    case "N-EVENT-REPORT-RQ":
      return { operation: "N-EVENT-REPORT", ...with_, eventType: command.eventType ?? 0 };
    case "N-ACTION-RQ":
      return { operation: "N-ACTION", ...with_, actionType: command.actionType ?? 0 };
    case "N-GET-RQ":
      return { operation: "N-GET", sopClass, sopInstance, attributes: command.attributes ?? [] };
    case "N-SET-RQ":
      if (held === undefined) return incorrect("dimse-identifier-missing", "The request has no data set.");
      return { operation: "N-SET", sopClass, sopInstance, dataSet: held };
    case "N-DELETE-RQ":
      return { operation: "N-DELETE", sopClass, sopInstance };
    case "N-CREATE-RQ":
      return {
        operation: "N-CREATE",
        sopClass,
        ...(sopInstance !== "" && { sopInstance }),
        ...(held && { dataSet: held }),
      };
    default:
      return fault("dimse-operation-unknown", `${command.name} is no N-service.`);
  }
}
