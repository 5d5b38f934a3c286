import { incorrect, isJsonObject, type JsonObject } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { type DataSet, dicomJson, readDicomJson, tags } from "#standards/dicom";
import { deterministicId } from "../../messages/deterministic-id.ts";

export const performedStepKind = "PerformedStep";

const performedStates = ["IN PROGRESS", "COMPLETED", "DISCONTINUED"] as const;
export type PerformedState = (typeof performedStates)[number];

/** What a modality told of an examination that it does, as the body of a document. Source: PS3.3 §B.17 (MPPS IOD). */
export interface PerformedStep {
  readonly sopInstance: string;
  readonly state: PerformedState;
  /** Ids of the ServiceRequests that it is for; none for what nobody ordered. */
  readonly orders: readonly string[];
  readonly stationAe: string;
  readonly modality: string;
  /** AE title of who told. */
  readonly toldBy: string;
  readonly toldAt: string;
  /** Everything that was told, one message laid over the other, in DICOM JSON. */
  readonly attributes: JsonObject;
}

/** The same for the same SOP Instance UID. */
export function performedStepId(sopInstance: string): string {
  return deterministicId(performedStepKind, sopInstance);
}

export function isPerformedState(text: string | undefined): text is PerformedState {
  return performedStates.some((state) => state === text);
}

/** Found by `state`, `order`, and by the time that was told last. */
export const performedStepDefinition: KindDefinition = {
  kind: performedStepKind,
  check: ({ sopInstance, state, orders, attributes }) => {
    const isSound =
      typeof sopInstance === "string" &&
      isPerformedState(String(state)) &&
      Array.isArray(orders) &&
      isJsonObject(attributes ?? null);
    return isSound
      ? []
      : [incorrect("element-invalid", "A performed step is not sound.", { where: performedStepKind })];
  },
  index: (body) => {
    const { state, orders, toldAt } = body as unknown as PerformedStep;
    const fromMs = Date.parse(toldAt);
    return {
      ...noEntries,
      keys: [`state=${state}`, ...orders.map((order) => `order=ServiceRequest/${order}`)],
      dates: [{ parameter: "told", fromMs, toMs: fromMs + 1 }],
    };
  },
};

/** What is told, laid over what was told before. */
export function laidOver(before: JsonObject, told: DataSet): JsonObject {
  return { ...before, ...dicomJson(told.without(tags.characterSet)) };
}

/** In UTF-8. */
export function attributesOf({ attributes }: PerformedStep): DataSet {
  return readDicomJson({ "00080005": { vr: "CS", Value: ["ISO_IR 192"] }, ...attributes }).dataSet;
}
