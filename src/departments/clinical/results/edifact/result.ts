import type { Annotation, CodeableConcept, Observation, ObservationReferenceRange, Quantity } from "#standards/fhir";
import { bareQuantity } from "../../messages/datatypes/numbers.ts";
import type { Origin } from "../../messages/message-reader.ts";
import { list, presentOrNone } from "../../messages/present.ts";
import type { ObservationStatus } from "../result-status.ts";
import { printed, type Unit } from "../units.ts";
import type { Value } from "../value.ts";
import type { GroupReader } from "./group-reader.ts";
import type { SegmentBook } from "./segment-book.ts";
import { conceptOf, linesIn, textOf } from "./values.ts";

/** STS-2. Source: PMIP EDIFACT, test status codes. */
const statuses: Readonly<Record<string, ObservationStatus>> = {
  RE: "registered",
  PR: "preliminary",
  FI: "final",
  AM: "amended",
  CO: "corrected",
  CA: "cancelled",
  EN: "entered-in-error",
  UN: "unknown",
};

/** Undefined where nothing is said. */
export function testStatus(group: GroupReader, target: string): ObservationStatus | undefined {
  const sts = group.first("STS");
  const status = statuses[sts?.peek(2) ?? ""];
  if (status !== undefined) sts?.carry(target, [2]);
  return status;
}

/** INV-2. Undefined where the investigation is not named: then there is nothing to record. */
export function investigationCode(group: GroupReader, target: string, origin: Origin): CodeableConcept | undefined {
  const inv = group.first("INV");
  const concept = inv && conceptOf({ code: inv.peek(2), list: inv.peek(2, 2), text: inv.peek(2, 4) }, origin);
  if (concept !== undefined) inv?.carry(target, [1], [2, 1], [2, 2], [2, 4]);
  return concept;
}

/** RSL-2.2. Source: PMIP EDIFACT, code list of measurement significance. */
const comparators: Readonly<Record<string, NonNullable<Quantity["comparator"]>>> = {
  "5": ">=",
  "6": ">",
  "7": "<",
  "8": "<=",
};

export type SentResult = Value & Pick<Observation, "interpretation" | "note" | "referenceRange">;

/** Whether the group has a result of its own, and does not only head others. */
export function hasResult(group: GroupReader): boolean {
  return group.first("RSL") !== undefined || group.first("FTX", "RIT") !== undefined;
}

/** The value of RSL, else of FTX+RIT; what is said besides are notes. */
export function resultIn(group: GroupReader, origin: Origin): SentResult {
  const rsl = group.first("RSL");
  const unit = rsl === undefined ? {} : unitIn(rsl);
  const measured = rsl && valueIn(rsl, { unit, origin });
  const words = group.all("FTX", "RIT");
  const text = measured === undefined ? textOf(words, "Observation.valueString") : undefined;
  const notes = [...(measured === undefined ? [] : words), ...group.all("FTX", "SPC")];
  return {
    ...(measured ?? (text === undefined ? {} : { valueString: text })),
    ...presentOrNone<SentResult>({
      interpretation: list(deviation(rsl)),
      note: list(...notes.map((ftx): Annotation => ({ text: linesIn(ftx, "Observation.note") }))),
      referenceRange: rangesOf(group, unit),
    }),
  };
}

function unitIn(rsl: SegmentBook): Unit {
  const unit = rsl.peek(4, 4) ?? rsl.peek(4);
  return unit === undefined ? {} : printed(unit, rsl.peek(4));
}

function valueIn(rsl: SegmentBook, { unit, origin }: { readonly unit: Unit; readonly origin: Origin }) {
  return rsl.peek(1) === "CV" ? codedValue(rsl, origin) : numericValue(rsl, unit);
}

function codedValue(rsl: SegmentBook, origin: Origin): Value | undefined {
  const concept = conceptOf({ code: rsl.peek(2, 3), list: rsl.peek(2, 4), text: rsl.peek(2, 6) }, origin);
  if (concept === undefined) return undefined;
  rsl.carry("Observation.valueCodeableConcept", [1], [2, 3], [2, 4], [2, 6]);
  return { valueCodeableConcept: concept };
}

/** A number that is none is kept as it was written. */
function numericValue(rsl: SegmentBook, unit: Unit): Value | undefined {
  const text = rsl.peek(2);
  if (text === undefined) return undefined;
  const quantity = bareQuantity(text);
  const sent = rsl.peek(2, 2);
  const comparator = comparators[sent ?? ""];
  if (quantity === undefined || (sent !== undefined && comparator === undefined)) {
    rsl.carry("Observation.valueString", [1], [2, 1], [2, 2], [4, 1], [4, 4]);
    // A significance nobody knows must not vanish: `11` alone would read as measured.
    const unknown = sent === undefined || comparator !== undefined ? undefined : `(significance ${sent})`;
    return { valueString: [comparator, text, unit.unit, unknown].filter((part) => part !== undefined).join(" ") };
  }
  rsl.carry("Observation.valueQuantity", [1], [2, 1], [2, 2], [4, 1], [4, 4]);
  return { valueQuantity: { ...quantity, ...(comparator === undefined ? {} : { comparator }), ...unit } };
}

const interpretations = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

/** RSL-5, the deviating result indicator, with the words of its list. */
const deviations: Readonly<Record<string, readonly [code: "H" | "L" | "A", text: string]>> = {
  HI: ["H", "Above high reference limit"],
  LO: ["L", "Below low reference limit"],
  OR: ["A", "Outside reference limits"],
  PA: ["A", "Potentially abnormal"],
};

function deviation(rsl: SegmentBook | undefined): CodeableConcept | undefined {
  const known = deviations[rsl?.peek(5) ?? ""];
  if (known === undefined) return undefined;
  rsl?.carry("Observation.interpretation", [5]);
  const [code, text] = known;
  return { coding: [{ system: interpretations, code }], text };
}

/** S20, and FTX+CRR for ranges that are no two numbers. */
function rangesOf(group: GroupReader, unit: Unit): readonly ObservationReferenceRange[] | undefined {
  const complex = group.all("FTX", "CRR").map((ftx) => ({ text: linesIn(ftx, "Observation.referenceRange.text") }));
  return list(...group.groups("S20").map((range) => rangeIn(range, unit)), ...complex);
}

function rangeIn(group: GroupReader, unit: Unit): ObservationReferenceRange | undefined {
  const rnd = group.first("RND");
  const limit = (element: 2 | 3): Quantity | undefined => {
    const quantity = bareQuantity(rnd?.peek(element) ?? "");
    if (quantity !== undefined) rnd?.carry("Observation.referenceRange", [1], [element]);
    return quantity && { ...quantity, ...unit };
  };
  const limits = presentOrNone<ObservationReferenceRange>({ low: limit(2), high: limit(3) });
  if (limits === undefined) return undefined;
  const population = textOf(group.all("FTX"), "Observation.referenceRange.appliesTo");
  return population === undefined ? limits : { ...limits, appliesTo: [{ text: population }] };
}
