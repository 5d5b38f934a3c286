import { setTimeout as passed } from "node:timers/promises";
import { failed, type HospitalTime, limits, ok, type Result, unavailable } from "#kernel";
import type { Association, DimseClient, NormalizedOperation } from "#standards/dimse";
import { momentOf } from "./moment.ts";
import {
  begunStep,
  commitmentClass,
  commitmentInstance,
  commitmentOf,
  endedStep,
  performedStepClass,
} from "./performed-step.ts";
import type { ArchiveNode, SentObject } from "./send-study.ts";
import { type WorklistEntry, worklistClass, worklistEntryOf, worklistIdentifier } from "./worklist-entry.ts";

/** A modality and the archive that it speaks to. */
export interface Conversation {
  readonly client: DimseClient;
  readonly node: ArchiveNode;
  readonly hospitalTime: HospitalTime;
}

/** Problems: those of opening, `demo-worklist-refused`. */
export async function readWorklist(
  talk: Conversation,
  { stationAe, nowMs }: { readonly stationAe: string; readonly nowMs: number },
): Promise<Result<readonly WorklistEntry[]>> {
  return onAssociation(talk, worklistClass, async (association) => {
    const { date } = momentOf(nowMs, talk.hospitalTime);
    const identifier = worklistIdentifier({ stationAe, days: `${date}-${date}` });
    const entries: WorklistEntry[] = [];
    for await (const answer of association.find({ sopClass: worklistClass, identifier })) {
      if (answer.is === "broken") return failed(answer.problem);
      if (answer.is === "end")
        return answer.status.code === 0 ? ok(entries) : failed(refused("demo-worklist-refused", answer.status.code));
      const entry = worklistEntryOf(answer.identifier);
      if (entry !== undefined && entries.length < limits.pageSizeMax) entries.push(entry);
    }
    return ok(entries);
  });
}

export interface Beginning {
  readonly entry: WorklistEntry;
  readonly stepUid: string;
  readonly nowMs: number;
}

/** N-CREATE. Problems: those of opening, `demo-step-refused`. */
export function tellBegun(talk: Conversation, { entry, stepUid, nowMs }: Beginning): Promise<Result<void>> {
  const dataSet = begunStep(entry, momentOf(nowMs, talk.hospitalTime));
  return tell(talk, { operation: "N-CREATE", sopClass: performedStepClass, sopInstance: stepUid, dataSet });
}

export interface Ending {
  readonly stepUid: string;
  readonly nowMs: number;
  readonly bySeries: ReadonlyMap<string, readonly SentObject[]>;
  readonly isWhole: boolean;
}

/** N-SET. Problems: as `tellBegun`. */
export function tellEnded(talk: Conversation, { stepUid, nowMs, bySeries, isWhole }: Ending): Promise<Result<void>> {
  const series = [...bySeries].map(([uid, objects], at) => ({ uid, description: `Series ${at + 1}`, objects }));
  const status = isWhole ? "COMPLETED" : "DISCONTINUED";
  const dataSet = endedStep(series, { ...momentOf(nowMs, talk.hospitalTime), status, operator: "Rahman^Tariq" });
  return tell(talk, { operation: "N-SET", sopClass: performedStepClass, sopInstance: stepUid, dataSet });
}

function tell(talk: Conversation, operation: NormalizedOperation): Promise<Result<void>> {
  return onAssociation(talk, operation.sopClass, async (association) => {
    const outcome = await association.normalized(operation);
    if (outcome.is === "failed") return failed(outcome.problem);
    const { code } = outcome.reply.status;
    return code === 0 ? ok(undefined) : failed(refused("demo-step-refused", code));
  });
}

/** How long a modality waits to be told on the same association that its images are safe. */
const commitmentWaitMs = 10_000;

export interface Commitment {
  readonly transaction: string;
  readonly objects: readonly SentObject[];
}

/** N-ACTION; true when the archive says within some seconds that it answers for every object. */
export async function commit(talk: Conversation, { transaction, objects }: Commitment): Promise<boolean> {
  const told = Promise.withResolvers<boolean>();
  const opened = await talk.client.open({
    ...talk.node,
    contexts: [{ sopClass: commitmentClass, role: "both" }],
    services: [
      {
        sopClasses: [commitmentClass],
        normalized: async (request) => {
          // Event 1: every object is safe; 2: some are not. Source: PS3.4 §J.3.3.
          if (request.operation === "N-EVENT-REPORT") told.resolve(request.eventType === 1);
          return { status: { code: 0 } };
        },
      },
    ],
  });
  if (!opened.ok) return false;
  const association = opened.value;
  const asked = await association.normalized({
    operation: "N-ACTION",
    sopClass: commitmentClass,
    sopInstance: commitmentInstance,
    actionType: 1,
    dataSet: commitmentOf(transaction, objects),
  });
  const isAsked = asked.is === "answered" && asked.reply.status.code === 0;
  const late = passed(commitmentWaitMs, false, { ref: false });
  const isCommitted = isAsked && (await Promise.race([told.promise, late]));
  await association.release();
  return isCommitted;
}

async function onAssociation<T>(
  { client, node }: Conversation,
  sopClass: string,
  work: (association: Association) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await client.open({ ...node, contexts: [{ sopClass }] });
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    await opened.value.release();
  }
}

function refused(code: string, status: number) {
  return unavailable(code, `The archive answered with status ${status.toString(16).toUpperCase().padStart(4, "0")}.`);
}
