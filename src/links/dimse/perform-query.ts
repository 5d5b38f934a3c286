import { limits } from "#kernel";
import { type DataSet, makeElement, readDataSet, transferSyntaxOf, writeDataSet } from "#standards/dicom";
import {
  cancelled,
  type DimseService,
  type GetRequest,
  type Matches,
  type MoveRequest,
  noExtensions,
  type QueryRequest,
  type RetrieveEnd,
  type Status,
  type SubOperations,
  statuses,
  statusOf,
} from "#standards/dimse";
import { invokeStore } from "./invoke.ts";
import { answer, isProblem, operationOf, type Performance, readIdentifier, refuse } from "./stage.ts";

type Find<Caller> = NonNullable<DimseService<Caller>["find"]>;

/** Source: PS3.7 §9.1.2, PS3.4 §C.4.1. */
export async function performFind<Caller>(performing: Performance<Caller>, find: Find<Caller>): Promise<Status> {
  const { asked, stage } = performing;
  const request = queryOf(performing);
  if (isProblem(request)) return refuse(asked, stage, statusOf(request, "C-FIND"));
  const end = await follow(find(request), {
    signal: asked.signal,
    each: (matches) => sendMatches(performing, matches),
  });
  return answer(asked, stage, end ?? cancelled);
}

async function sendMatches<Caller>({ asked, stage }: Performance<Caller>, matches: Matches): Promise<void> {
  const { context, command } = asked;
  const status = matches.hasUnsupportedKeys === true ? statuses.pendingWithUnsupportedKeys : statuses.pending;
  const form = transferSyntaxOf(context.transferSyntax);
  const respondedTo = command.messageId ?? 0;
  const said = { name: "C-FIND-RSP", affectedSopClass: context.sopClass, respondedTo, status } as const;
  const together = limits.dimseMatchesTogetherMax;
  for (let at = 0; at < matches.identifiers.length; at += together) {
    if (!asked.isWanted()) return;
    const some = matches.identifiers.slice(at, at + together);
    await stage.conversation.send(
      ...some.map((identifier) => ({ context, command: said, dataSet: writeDataSet(identifier, form) })),
    );
  }
}

/** C-MOVE and C-GET. Source: PS3.7 §9.1.3, §9.1.4; PS3.4 §C.4.2, §C.4.3. */
export async function performRetrieve<Caller>(performing: Performance<Caller>): Promise<Status> {
  const { asked, stage } = performing;
  const request = queryOf(performing);
  if (isProblem(request)) return refuse(asked, stage, statusOf(request, operationOf(asked.command.name)));
  const begun = begin(performing, request);
  if (begun === undefined) return refuse(asked, stage, { code: statuses.unrecognizedOperation });
  const end = await follow(begun, {
    signal: new AbortController().signal,
    each: async (subOperations) => {
      if (asked.isWanted()) await answer(asked, stage, { code: statuses.pending }, subOperations);
    },
  });
  if (end === undefined) throw new Error("only a cancelled one has no end, and this says so itself");
  return sendEnd(performing, end);
}

function begin<Caller>({ service, asked, stage }: Performance<Caller>, request: QueryRequest<Caller>) {
  if (asked.command.name === "C-MOVE-RQ") {
    const moving: MoveRequest<Caller> = { ...request, destination: asked.command.moveDestination ?? "" };
    return service.move?.(moving);
  }
  const getting: GetRequest<Caller> = {
    ...request,
    store: (instance) => invokeStore(stage.conversation, instance),
  };
  return service.get?.(getting);
}

async function sendEnd<Caller>({ asked, stage }: Performance<Caller>, end: RetrieveEnd): Promise<Status> {
  const { remaining, ...counts } = end.subOperations;
  // What remains is said of a cancelled one alone. Source: PS3.7 §9.1.3.1.6.
  const said: Partial<SubOperations> = end.status.code === statuses.cancelled ? { remaining, ...counts } : counts;
  const failed = end.failedInstances ?? [];
  const list = failed.length === 0 ? undefined : makeElement("FailedSOPInstanceUIDList", failed);
  if (list === undefined) return answer(asked, stage, end.status, said);
  const none = readDataSet(new Uint8Array(0), transferSyntaxOf(asked.context.transferSyntax)).dataSet;
  const dataSet = writeDataSet(none.with(list), transferSyntaxOf(asked.context.transferSyntax));
  return answer(asked, stage, end.status, said, dataSet);
}

function queryOf<Caller>({ asked, request, stage }: Performance<Caller>) {
  const identifier = readIdentifier(asked);
  if (isProblem(identifier)) return identifier;
  const { sopClass } = asked.context;
  const extended = stage.conversation.agreement.extensions.get(sopClass) ?? noExtensions;
  return { ...request, sopClass, identifier: identifier as DataSet, extended } satisfies QueryRequest<Caller>;
}

interface Following<Item> {
  readonly signal: AbortSignal;
  each(item: Item): Promise<void>;
}

/** What a generator returns, or undefined when the signal aborts first. Its `finally` runs in both cases. */
async function follow<Item, End>(
  generator: AsyncGenerator<Item, End, void>,
  { signal, each }: Following<Item>,
): Promise<End | undefined> {
  const aborted = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  try {
    while (!signal.aborted) {
      const step = await Promise.race([generator.next(), aborted]);
      if (step === undefined || signal.aborted) break;
      if (step.done === true) return step.value;
      await each(step.value);
    }
    return undefined;
  } finally {
    // It may still be busy: its end is nobody's to wait for.
    generator.return(undefined as never).catch(() => {});
  }
}
