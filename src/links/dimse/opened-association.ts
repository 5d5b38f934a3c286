import { failed, ok, type Problem, type Result } from "#kernel";
import { readDataSet, transferSyntaxOf, writeDataSet } from "#standards/dicom";
import {
  type AcceptedContext,
  type Association,
  type AssociationFacts,
  type Command,
  type FindAnswer,
  type MoveQuery,
  type Query,
  type RetrieveEnd,
  type RetrieveQuery,
  type Status,
  type SubOperations,
  sopClasses,
  statusKind,
} from "#standards/dimse";
import { AnswerQueue } from "./answer-queue.ts";
import { type Answer, type Conversation, contextFor } from "./conversation.ts";
import { askOnce, invoking, statusIn } from "./invoke.ts";
import type { DimseLimits } from "./settings.ts";
import { isProblem } from "./stage.ts";

export interface Opened {
  readonly facts: AssociationFacts;
  readonly conversation: Conversation;
  readonly limits: DimseLimits;
  release(): Promise<void>;
  abort(): void;
}

/** What may be done with an association that this side opened. */
export function openedAssociation({ facts, conversation, limits, release, abort }: Opened): Association {
  return {
    ...facts,
    ...invoking(conversation),
    isOpen: () => conversation.isOpen,
    echo: () => echo(conversation),
    find: (query) => find(conversation, query, limits),
    move: (query) => retrieve(conversation, "C-MOVE-RQ", query),
    get: (query) => retrieve(conversation, "C-GET-RQ", query),
    release,
    abort,
  };
}

/** Source: PS3.7 §9.1.5. */
async function echo(conversation: Conversation): Promise<Result<Status>> {
  const sopClass = sopClasses.verification;
  const context = contextFor(conversation.agreement.contexts, { sopClass });
  if (isProblem(context)) return failed(context);
  const command = { name: "C-ECHO-RQ", affectedSopClass: sopClass } as const;
  const answered = await askOnce(conversation, { context: context as AcceptedContext, command });
  return isProblem(answered) ? failed(answered) : ok(statusIn(answered.command));
}

/** Source: PS3.7 §9.1.2. */
async function* find(conversation: Conversation, query: Query, limits: DimseLimits): AsyncGenerator<FindAnswer, void> {
  const context = contextFor(conversation.agreement.contexts, query);
  if (isProblem(context)) return yield { is: "broken", problem: context };
  const queue = new AnswerQueue(conversation, limits.dimseMatchesWaitingMax);
  const asking = ask(conversation, { context: context as AcceptedContext, query, name: "C-FIND-RQ" }, (answer) => {
    queue.push(answerOf(answer, context as AcceptedContext));
  });
  void asking.then((problem) => {
    if (problem !== undefined) queue.push({ is: "broken", problem });
  });
  let isOver = false;
  try {
    while (!isOver) {
      const answer = await queue.next();
      isOver = answer.is !== "match";
      yield answer;
    }
  } finally {
    queue.close();
    if (!isOver) asking.cancel();
    await asking;
  }
}

function answerOf({ command, dataSet }: Answer, { transferSyntax }: AcceptedContext): FindAnswer {
  const status = statusIn(command);
  if (statusKind(status.code) !== "pending") return { is: "end", status };
  const identifier = readDataSet(dataSet ?? new Uint8Array(0), transferSyntaxOf(transferSyntax)).dataSet;
  return { is: "match", identifier };
}

/** Source: PS3.7 §9.1.3, §9.1.4. */
async function retrieve(
  conversation: Conversation,
  name: "C-MOVE-RQ" | "C-GET-RQ",
  query: RetrieveQuery | MoveQuery,
): Promise<Result<RetrieveEnd>> {
  const context = contextFor(conversation.agreement.contexts, query);
  if (isProblem(context)) return failed(context);
  let last: Answer | undefined;
  const problem = await ask(conversation, { context: context as AcceptedContext, query, name }, (answer) => {
    last = answer;
    if (statusKind(statusIn(answer.command).code) === "pending") query.progress?.(countsIn(answer.command));
  });
  if (problem !== undefined || last === undefined) return failed(problem as Problem);
  const { transferSyntax } = context as AcceptedContext;
  const list = last.dataSet && readDataSet(last.dataSet, transferSyntaxOf(transferSyntax)).dataSet;
  const failedInstances = list?.texts("FailedSOPInstanceUIDList") ?? [];
  const end = { status: statusIn(last.command), subOperations: countsIn(last.command) };
  return ok(failedInstances.length === 0 ? end : { ...end, failedInstances });
}

function countsIn({ remaining = 0, completed = 0, failed: failures = 0, warning = 0 }: Command): SubOperations {
  return { remaining, completed, failed: failures, warning };
}

interface Asking {
  readonly context: AcceptedContext;
  readonly name: "C-FIND-RQ" | "C-MOVE-RQ" | "C-GET-RQ";
  readonly query: Query & { readonly destination?: string };
}

/** Source: PS3.7 §9.1.2.1.5. */
const priorities = { medium: 0, high: 1, low: 2 } as const;

type Asked = Promise<Problem | undefined> & { cancel(): void };

/** Asks what is answered several times: pending, pending, …, and the end. */
function ask(conversation: Conversation, { context, name, query }: Asking, take: (answer: Answer) => void): Asked {
  let messageId: number | undefined;
  const cancel = () => {
    if (messageId !== undefined) conversation.cancel(context, messageId);
  };
  const asked = conversation.invoke({
    context,
    command: {
      name,
      affectedSopClass: query.sopClass,
      priority: priorities[query.priority ?? "medium"],
      ...(query.destination !== undefined && { moveDestination: query.destination }),
    },
    dataSet: writeDataSet(query.identifier, transferSyntaxOf(context.transferSyntax)),
    begun: (given) => {
      messageId = given;
      if (query.signal?.aborted === true) queueMicrotask(cancel);
    },
    take: (answer) => {
      take(answer);
      return statusKind(statusIn(answer.command).code) === "pending" ? "more" : "last";
    },
  });
  query.signal?.addEventListener("abort", cancel, { once: true });
  const over = asked.finally(() => query.signal?.removeEventListener("abort", cancel));
  return Object.assign(over, { cancel });
}
