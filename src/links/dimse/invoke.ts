import type { Problem } from "#kernel";
import { readDataSet, transferSyntaxOf, writeDataSet } from "#standards/dicom";
import {
  type AcceptedContext,
  type Command,
  type Invoking,
  type NormalizedOperation,
  type NormalizedOutcome,
  type NormalizedReply,
  type OutgoingInstance,
  type Status,
  type StoreOutcome,
  statuses,
} from "#standards/dimse";
import { type Answer, type Conversation, contextFor, type Wanted } from "./conversation.ts";
import { isProblem } from "./stage.ts";

/** What may be asked on either side of an association. */
export function invoking(conversation: Conversation): Invoking {
  return {
    normalized: (operation) => invokeNormalized(conversation, operation),
    store: (instance) => invokeStore(conversation, instance),
  };
}

/** Medium. Source: PS3.7 §9.1.1.1.7. */
const mediumPriority = 0;

/** Source: PS3.7 §9.1.1. */
export async function invokeStore(conversation: Conversation, instance: OutgoingInstance): Promise<StoreOutcome> {
  const { sopClass, sopInstance, moveOriginator, dataSet } = instance;
  const context = contextFor(conversation.agreement.contexts, instance);
  if (isProblem(context)) return { is: "unsent", problem: context };
  const originator = moveOriginator && {
    moveOriginator: moveOriginator.aeTitle,
    moveOriginatorMessageId: moveOriginator.messageId,
  };
  const answered = await askOnce(conversation, {
    context: context as AcceptedContext,
    command: {
      name: "C-STORE-RQ",
      affectedSopClass: sopClass,
      affectedSopInstance: sopInstance,
      priority: mediumPriority,
      ...originator,
    },
    streamed: dataSet,
  });
  if (isProblem(answered)) return { is: "broken", problem: answered };
  return { is: "answered", status: statusIn(answered.command) };
}

/** Source: PS3.7 §10.1. */
async function invokeNormalized(conversation: Conversation, asked: NormalizedOperation): Promise<NormalizedOutcome> {
  // A provider reports events in the context in which it is asked for actions.
  const context = contextFor(conversation.agreement.contexts, asked, "any");
  if (isProblem(context)) return { is: "failed", problem: context };
  const form = transferSyntaxOf((context as AcceptedContext).transferSyntax);
  const dataSet = "dataSet" in asked && asked.dataSet !== undefined ? writeDataSet(asked.dataSet, form) : undefined;
  const answered = await askOnce(conversation, {
    context: context as AcceptedContext,
    command: commandOf(asked),
    ...(dataSet && { dataSet }),
  });
  if (isProblem(answered)) return { is: "failed", problem: answered };
  const reply: NormalizedReply = {
    status: statusIn(answered.command),
    ...(answered.command.affectedSopInstance && { sopInstance: answered.command.affectedSopInstance }),
    ...(answered.dataSet && { dataSet: readDataSet(answered.dataSet, form).dataSet }),
  };
  return { is: "answered", reply };
}

function commandOf(asked: NormalizedOperation): Wanted["command"] {
  const { sopClass } = asked;
  const affected = { affectedSopClass: sopClass };
  const requested = { requestedSopClass: sopClass };
  switch (asked.operation) {
    case "N-EVENT-REPORT": {
      const { sopInstance, eventType } = asked;
      return { name: "N-EVENT-REPORT-RQ", ...affected, affectedSopInstance: sopInstance, eventType };
    }
    case "N-CREATE": {
      const { sopInstance } = asked;
      return { name: "N-CREATE-RQ", ...affected, ...(sopInstance && { affectedSopInstance: sopInstance }) };
    }
    case "N-GET": {
      const { sopInstance, attributes } = asked;
      const wanted = attributes.length === 0 ? {} : { attributes };
      return { name: "N-GET-RQ", ...requested, requestedSopInstance: sopInstance, ...wanted };
    }
    case "N-ACTION": {
      const { sopInstance, actionType } = asked;
      return { name: "N-ACTION-RQ", ...requested, requestedSopInstance: sopInstance, actionType };
    }
    case "N-SET":
    case "N-DELETE":
      return { name: `${asked.operation}-RQ`, ...requested, requestedSopInstance: asked.sopInstance };
  }
}

/** Asks what is answered once. */
export async function askOnce(conversation: Conversation, wanted: Omit<Wanted, "take">): Promise<Answer | Problem> {
  let answered: Answer | undefined;
  const problem = await conversation.invoke({
    ...wanted,
    take: (answer) => {
      answered = answer;
      return "last";
    },
  });
  return problem ?? (answered as Answer);
}

export function statusIn({ status = statuses.processingFailure, comment, offending, errorId }: Command): Status {
  return {
    code: status,
    ...(comment !== undefined && comment !== "" && { comment }),
    ...(offending !== undefined && { offending }),
    ...(errorId !== undefined && { errorId }),
  };
}
