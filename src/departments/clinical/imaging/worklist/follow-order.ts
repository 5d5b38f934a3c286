import type { Context } from "#access";
import { type JsonObject, ok, type Result } from "#kernel";
import { type Operation, parseBody, type Version } from "#record";
import type { ImagingStudy, Reference, ServiceRequest, Task } from "#standards/fhir";
import { decideStep } from "./decide-step.ts";
import { isImagingOrder, withAccession } from "./imaging-order.ts";
import { type ImagingStep, isWaiting, stepOf, stepTaskId, taskOf } from "./imaging-step.ts";
import type { WorklistRule } from "./worklist-rules.ts";

export interface FollowingNeeds {
  readonly context: Pick<Context, "record">;
  readonly rules: readonly WorklistRule[];
}

/**
 * An order for images has the step that it needs, as it is by now; other orders have none. Safe to run twice. Problems: those of
 * the record.
 */
export async function followOrder(needs: FollowingNeeds, order: ServiceRequest): Promise<Result<void>> {
  return isImagingOrder(order) ? orderChanged(needs, order.id ?? "") : ok(undefined);
}

/** Images that are there answer the orders that they are based on. Safe to run twice. Problems: those of the record. */
export async function followStudy(
  needs: FollowingNeeds,
  { status, basedOn = [] }: Pick<ImagingStudy, "status" | "basedOn">,
): Promise<Result<void>> {
  for (const order of status === "available" ? basedOn.flatMap(orderIn) : []) {
    const closed = await closeOrder(needs, order);
    if (!closed.ok) return closed;
  }
  return ok(undefined);
}

function orderIn({ reference = "" }: Reference): readonly string[] {
  return /^ServiceRequest\/(.+)$/.exec(reference)?.slice(1, 2) ?? [];
}

interface Known {
  readonly order: Version | undefined;
  readonly task: Version | undefined;
}

async function known({ context }: FollowingNeeds, order: string): Promise<Result<Known>> {
  const taskId = stepTaskId(order);
  const read = await context.record.readMany([
    { kind: "ServiceRequest", id: order },
    { kind: "Task", id: taskId },
  ]);
  if (!read.ok) return read;
  const of = (kind: string) => read.value.find((version) => version.kind === kind);
  return ok({ order: of("ServiceRequest"), task: of("Task") });
}

async function orderChanged(needs: FollowingNeeds, id: string): Promise<Result<void>> {
  const found = await known(needs, id);
  if (!found.ok) return found;
  const { order: version, task } = found.value;
  if (version === undefined) return ok(undefined);
  const order = parseBody<ServiceRequest>(version);
  const before = task === undefined ? undefined : stepOf(parseBody<Task>(task));
  const step = decideStep({ order, known: before, rules: needs.rules, orderedAt: version.at });
  if (step === undefined) return ok(undefined);
  return write(needs, [taskWrite(step, task), ...orderWrite(withAccession(order, step.accession), { order, version })]);
}

/** An order that was answered is done, whether or not a modality told of it; what a modality has begun it ends itself. */
async function closeOrder(needs: FollowingNeeds, id: string): Promise<Result<void>> {
  const found = await known(needs, id);
  if (!found.ok) return found;
  const { order: version, task } = found.value;
  if (version === undefined) return ok(undefined);
  const order = parseBody<ServiceRequest>(version);
  const step = task === undefined ? undefined : stepOf(parseBody<Task>(task));
  if (!isImagingOrder(order) || step?.status === "in-progress") return ok(undefined);
  const done: readonly Operation[] =
    step !== undefined && isWaiting(step) ? [taskWrite({ ...step, status: "completed" }, task)] : [];
  const isOpen = order.status === "active" || order.status === "unknown";
  const closed: ServiceRequest = isOpen ? { ...order, status: "completed" } : order;
  return write(needs, [...done, ...orderWrite(closed, { order, version })]);
}

export function taskWrite(step: ImagingStep, before: Version | undefined): Operation {
  const id = stepTaskId(step.order);
  const ifMatch = before?.version ?? 0;
  return { action: "update", kind: "Task", id, body: taskOf(step) as unknown as JsonObject, ifMatch };
}

/** Nothing where nothing changed. */
export function orderWrite(
  after: ServiceRequest,
  { order, version }: { readonly order: ServiceRequest; readonly version: Version },
): readonly Operation[] {
  if (after === order) return [];
  const { id: _, ...body } = after;
  const { version: ifMatch, kind, id } = version;
  return [{ action: "update", kind, id, body: body as unknown as JsonObject, ifMatch }];
}

async function write({ context }: FollowingNeeds, operations: readonly Operation[]): Promise<Result<void>> {
  if (operations.length === 0) return ok(undefined);
  const written = await context.record.transact({ operations });
  return written.ok ? ok(undefined) : written;
}
