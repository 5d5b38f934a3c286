import type { Reference, ServiceRequest, Task } from "#standards/fhir";
import { isImagingOrder } from "../imaging/worklist/imaging-order.ts";
import { type ImagingStep, stepOf, stepTaskId } from "../imaging/worklist/imaging-step.ts";
import type { ResourceMap } from "./resource-map.ts";

/** How far radiology is with an order. */
export interface OrderStep {
  readonly isUnderWay: boolean;
  /** Undefined where the status of the order says it all. */
  readonly words: string | undefined;
}

/** Of an order for images: the step that modalities work on. */
export function orderStepReferences(order: ServiceRequest): readonly Reference[] {
  return isImagingOrder(order) ? [{ reference: `Task/${stepTaskId(order.id ?? "")}` }] : [];
}

/** Undefined for an order that no modality has to do with. */
export function orderStep(order: ServiceRequest, resources: ResourceMap): OrderStep | undefined {
  const [reference] = orderStepReferences(order);
  const task = resources.get<Task>("Task", reference?.reference);
  const step = task && stepOf(task);
  return step && { isUnderWay: order.status === "active" && step.status === "in-progress", words: wordsOf(step) };
}

function wordsOf({ status, stationAe, accession, why }: ImagingStep): string | undefined {
  switch (status) {
    case "ready":
      return `on the worklist of ${stationAe === "" ? "no room yet" : stationAe} as ${accession}`;
    case "in-progress":
      return `being examined at ${stationAe}`;
    case "failed":
      return `broken off: ${why?.text ?? "no reason told"}`;
    case "on-hold":
    case "cancelled":
    case "completed":
      return undefined;
  }
}
