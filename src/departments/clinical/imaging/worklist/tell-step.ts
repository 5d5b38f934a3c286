import type { Context } from "#access";
import { type JsonObject, limits, ok, type Result, toIso } from "#kernel";
import { type Operation, parseBody, tokenKey, type Version } from "#record";
import type { DataSet } from "#standards/dicom";
import { type NormalizedReply, statuses, success } from "#standards/dimse";
import type { ServiceRequest, Task } from "#standards/fhir";
import { orderWrite, taskWrite } from "./follow-order.ts";
import { type ImagingStep, stepOf, stepTaskId } from "./imaging-step.ts";
import { moveTo } from "./move-step.ts";
import {
  attributesOf,
  isPerformedState,
  laidOver,
  type PerformedStep,
  performedStepId,
  performedStepKind,
} from "./performed-step.ts";
import { refusalToBegin, refusalToChange } from "./performed-step-rules.ts";

/** Who tells, and on whose behalf it is written. */
export interface Telling {
  readonly context: Pick<Context, "record" | "clock" | "hospitalTime">;
  readonly callingAe: string;
}

/** N-CREATE: a modality begins. The step on the worklist is then in progress. Problems: those of the record. */
export async function beginStep(
  { context, callingAe }: Telling,
  { sopInstance, told }: { readonly sopInstance: string; readonly told: DataSet },
): Promise<Result<NormalizedReply>> {
  const refusal = refusalToBegin(told);
  if (refusal !== undefined) return ok({ status: refusal });
  const id = performedStepId(sopInstance);
  const there = await context.record.readMany([{ kind: performedStepKind, id }]);
  if (!there.ok) return there;
  if (there.value.length > 0) return ok({ status: { code: statuses.duplicateSopInstance } });
  const scheduled = await scheduledSteps(context.record, told);
  if (!scheduled.ok) return scheduled;
  const body: PerformedStep = {
    sopInstance,
    state: "IN PROGRESS",
    orders: scheduled.value.map(({ step }) => step.order),
    stationAe: told.text("PerformedStationAETitle") ?? "",
    modality: told.text("Modality") ?? "",
    toldBy: callingAe,
    toldAt: toIso(context.clock.now()),
    attributes: laidOver({}, told),
  };
  const moved = await movedOrders(context, { steps: scheduled.value, performed: body, told });
  if (!moved.ok) return moved;
  const operations: readonly Operation[] = [
    { action: "create", kind: performedStepKind, id, body: body as unknown as JsonObject },
    ...moved.value,
  ];
  const written = await context.record.transact({ operations });
  return written.ok ? ok({ status: success, sopInstance }) : written;
}

/** N-SET: how it goes on, and ends. Completed, the order is completed; broken off, it is revoked. Problems: those of the record. */
export async function changeStep(
  { context, callingAe }: Telling,
  { sopInstance, told }: { readonly sopInstance: string; readonly told: DataSet },
): Promise<Result<NormalizedReply>> {
  const found = await performedStep(context, sopInstance);
  if (!found.ok) return found;
  if (found.value === undefined) return ok({ status: { code: statuses.noSuchSopInstance } });
  const { before, version } = found.value;
  const attributes = laidOver(before.attributes, told);
  const all = attributesOf({ ...before, attributes });
  const refusal = refusalToChange(before.state, told, all);
  if (refusal !== undefined) return ok({ status: refusal });
  const state = told.text("PerformedProcedureStepStatus");
  const after: PerformedStep = {
    ...before,
    state: isPerformedState(state) ? state : before.state,
    toldBy: callingAe,
    toldAt: toIso(context.clock.now()),
    attributes,
  };
  const steps = await stepsOfOrders(context.record, before.orders);
  if (!steps.ok) return steps;
  const moved = await movedOrders(context, { steps: steps.value, performed: after, told: all });
  if (!moved.ok) return moved;
  const body = after as unknown as JsonObject;
  const { kind, id, version: ifMatch } = version;
  const operations: readonly Operation[] = [{ action: "update", kind, id, body, ifMatch }, ...moved.value];
  const written = await context.record.transact({ operations });
  return written.ok ? ok({ status: success }) : written;
}

/** Undefined where nobody has told of it. Problems: those of the record. */
export async function performedStep(
  { record }: Pick<Context, "record">,
  sopInstance: string,
): Promise<Result<{ readonly before: PerformedStep; readonly version: Version } | undefined>> {
  const read = await record.readMany([{ kind: performedStepKind, id: performedStepId(sopInstance) }]);
  if (!read.ok) return read;
  const [version] = read.value;
  return ok(version === undefined ? undefined : { before: parseBody<PerformedStep>(version), version });
}

interface KnownStep {
  readonly step: ImagingStep;
  readonly task: Version;
}

type Reading = Context["record"];

/** The steps of the worklist that it names, by their ids; a step of another study with the same id is another's. */
async function scheduledSteps(record: Reading, told: DataSet): Promise<Result<readonly KnownStep[]>> {
  const named = told.items("ScheduledStepAttributesSequence");
  const ids = named.flatMap((item) => item.text("ScheduledProcedureStepID") ?? []);
  if (ids.length === 0) return ok([]);
  const found = await record.search({
    kind: "Task",
    all: [{ is: "key", any: ids.map((id) => tokenKey("identifier", "urn:corridor:imaging-step", id)) }],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  const studies = new Set(named.flatMap((item) => item.text("StudyInstanceUID") ?? []));
  return ok(knownSteps(found.value.versions).filter(({ step }) => studies.has(step.studyUid)));
}

async function stepsOfOrders(record: Reading, orders: readonly string[]): Promise<Result<readonly KnownStep[]>> {
  const read = await record.readMany(orders.map((order) => ({ kind: "Task", id: stepTaskId(order) })));
  return read.ok ? ok(knownSteps(read.value)) : read;
}

function knownSteps(tasks: readonly Version[]): readonly KnownStep[] {
  return tasks.flatMap((task) => {
    const step = stepOf(parseBody<Task>(task));
    return step === undefined ? [] : [{ step, task }];
  });
}

interface Moving {
  readonly steps: readonly KnownStep[];
  readonly performed: PerformedStep;
  readonly told: DataSet;
}

async function movedOrders(
  { record, hospitalTime }: Telling["context"],
  { steps, performed, told }: Moving,
): Promise<Result<readonly Operation[]>> {
  const read = await record.readMany(steps.map(({ step }) => ({ kind: "ServiceRequest", id: step.order })));
  if (!read.ok) return read;
  return ok(
    steps.flatMap(({ step, task }) => {
      const version = read.value.find(({ id }) => id === step.order);
      const order = version && parseBody<ServiceRequest>(version);
      const moved = moveTo({ step, order }, { state: performed.state, told, hospitalTime });
      const orders =
        version === undefined || order === undefined || moved.order === undefined
          ? []
          : orderWrite(moved.order, { order, version });
      return [taskWrite(moved.step, task), ...orders];
    }),
  );
}
