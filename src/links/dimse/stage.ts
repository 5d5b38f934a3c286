import { incorrect, type Log, type Problem } from "#kernel";
import { type DataSet, readDataSet, transferSyntaxOf } from "#standards/dicom";
import type {
  AnsweredOperation,
  Command,
  CommandName,
  DimseRequest,
  DimseService,
  IncomingAssociation,
  Status,
} from "#standards/dimse";
import type { Asked, Conversation } from "./conversation.ts";
import type { DimseMeter } from "./dimse-meter.ts";

/** What performing needs to know of where it happens. */
export interface Stage<Caller> {
  readonly conversation: Conversation;
  readonly association: IncomingAssociation<Caller>;
  readonly services: readonly DimseService<Caller>[];
  readonly log: Log;
  readonly meter: DimseMeter;
}

/** A request with the service that is to do it. */
export interface Performance<Caller> {
  readonly stage: Stage<Caller>;
  readonly service: DimseService<Caller>;
  readonly asked: Asked;
  readonly request: DimseRequest<Caller>;
}

/** Answers without having done anything; what still comes of a data set is read first. */
export async function refuse<Caller>(asked: Asked, stage: Stage<Caller>, status: Status): Promise<Status> {
  await asked.queue?.discardRest();
  return answer(asked, stage, status);
}

/** The one answer, or the last, of a request. */
export async function answer<Caller>(
  { context, command }: Asked,
  { conversation }: Stage<Caller>,
  status: Status,
  more: Partial<Command> = {},
  dataSet?: Uint8Array,
): Promise<Status> {
  const name = command.name.replace(/RQ$/, "RSP") as CommandName;
  const { code, comment, offending, errorId } = status;
  const said = {
    name,
    affectedSopClass: command.affectedSopClass ?? command.requestedSopClass ?? context.sopClass,
    respondedTo: command.messageId ?? 0,
    status: code,
    ...(comment !== undefined && { comment }),
    ...(offending !== undefined && { offending }),
    ...(errorId !== undefined && { errorId }),
    ...more,
  };
  await conversation.send({ context, command: said, ...(dataSet && { dataSet }) });
  return status;
}

/** The row of the table of statuses. */
export function operationOf(name: CommandName): AnsweredOperation {
  switch (name) {
    case "C-ECHO-RQ":
      return "C-ECHO";
    case "C-STORE-RQ":
      return "C-STORE";
    case "C-FIND-RQ":
      return "C-FIND";
    case "C-MOVE-RQ":
      return "C-MOVE";
    case "C-GET-RQ":
      return "C-GET";
    default:
      return "N";
  }
}

/** The data set that came with a request, or why it cannot be read. */
export function readIdentifier({ context, dataSet }: Asked): DataSet | Problem {
  if (dataSet === undefined) return incorrect("dimse-identifier-missing", "The request has no data set.");
  const { isWhole, dataSet: read } = readDataSet(dataSet, transferSyntaxOf(context.transferSyntax));
  return isWhole ? read : incorrect("dimse-identifier-invalid", "The data set of the request cannot be read.");
}

export function isProblem(value: object): value is Problem {
  return "category" in value && "code" in value;
}
