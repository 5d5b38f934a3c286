import { type Instant, toIso } from "#kernel";
import type { ServiceRequest } from "#standards/fhir";
import { accessionOf, isImagingOrder, madeAccession, ruleFor } from "./imaging-order.ts";
import { type ImagingStep, isWaiting, type StepStatus, studyUidOf } from "./imaging-step.ts";
import type { WorklistRule } from "./worklist-rules.ts";

export interface StepQuestion {
  readonly order: ServiceRequest;
  /** What there is for the order. */
  readonly known: ImagingStep | undefined;
  readonly rules: readonly WorklistRule[];
  /** When the order came into the record. */
  readonly orderedAt: Instant;
}

/**
 * The step that an order needs, as it is to be from now on; undefined where there is nothing to change. What has begun follows
 * the modality, and no longer the order. Pure.
 */
export function decideStep({ order, known, rules, orderedAt }: StepQuestion): ImagingStep | undefined {
  if (!isImagingOrder(order)) return undefined;
  const status = statusFor(order);
  if (known === undefined && status !== "ready" && status !== "on-hold") return undefined;
  if (known !== undefined && !isWaiting(known)) return undefined;
  return stepFor(order, { known, rules, orderedAt, status });
}

function statusFor({ status, intent, doNotPerform }: ServiceRequest): StepStatus {
  if (doNotPerform === true || intent === "proposal" || intent === "plan" || intent === "option") return "cancelled";
  switch (status) {
    case "active":
    case "unknown":
      return "ready";
    case "draft":
    case "on-hold":
      return "on-hold";
    case "completed":
      return "completed";
    case "revoked":
    case "entered-in-error":
      return "cancelled";
  }
}

interface Deciding extends Omit<StepQuestion, "order"> {
  readonly status: StepStatus;
}

function stepFor(order: ServiceRequest, { known, rules, orderedAt, status }: Deciding): ImagingStep {
  const id = order.id ?? "";
  const rule = ruleFor(order, rules);
  const orderedText = toIso(orderedAt);
  const accession = accessionOf(order) ?? known?.accession ?? madeAccession(id, orderedText.slice(0, 4));
  const plannedAt =
    order.occurrenceDateTime ?? order.occurrencePeriod?.start ?? order.authoredOn ?? known?.plannedAt ?? orderedText;
  return {
    status,
    order: id,
    patient: order.subject.reference ?? "",
    ...(order.encounter?.reference === undefined ? {} : { encounter: order.encounter.reference }),
    accession,
    stepId: accession,
    studyUid: known?.studyUid ?? studyUidOf(id),
    modality: rule?.modality ?? "OT",
    stationAe: rule?.stationAe ?? "",
    stationName: rule?.stationName ?? rule?.stationAe ?? "",
    location: rule?.location ?? "",
    description: nameOf(order),
    priority: order.priority ?? "routine",
    plannedAt,
  };
}

/** Of what was ordered, as people say it. */
export function nameOf({ code }: Pick<ServiceRequest, "code">): string {
  return code?.text ?? code?.coding?.find(({ display }) => display !== undefined)?.display ?? "Imaging examination";
}
