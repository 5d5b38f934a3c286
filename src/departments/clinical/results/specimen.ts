import type {
  Annotation,
  CodeableConcept,
  Quantity,
  Reference,
  Specimen,
  SpecimenCollection,
  SpecimenContainer,
} from "#standards/fhir";
import { codeableConcept, codeableConcepts, codeOf, conceptIn } from "../messages/datatypes/cwe.ts";
import { extendedIdentifier } from "../messages/datatypes/cx.ts";
import { pairIdentifier } from "../messages/datatypes/ei.ts";
import { bareQuantity } from "../messages/datatypes/numbers.ts";
import { dateTimeIn, periodIn } from "../messages/datatypes/ts.ts";
import { practitioner } from "../messages/datatypes/xcn.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { FieldReader, SegmentReader } from "../messages/message-reader.ts";
import type { PlannedCompanion } from "../messages/plan.ts";
import { list, present, presentOrNone } from "../messages/present.ts";
import type { Situation } from "./situation.ts";
import type { ReportTimes } from "./times.ts";
import { printed } from "./units.ts";

export interface SpecimenSource {
  readonly situation: Situation;
  readonly obr: SegmentReader | undefined;
  readonly spms: readonly SegmentReader[];
  readonly times: ReportTimes;
  /** Id of the report or order, whose fate the specimens share. */
  readonly of: string;
}

/** From SPM where there is one, else from OBR. */
export function specimens(source: SpecimenSource): readonly PlannedCompanion[] {
  const { obr, spms } = source;
  if (spms.length > 0) return spms.map((spm, at) => fromSpm(spm, { ...source, obr: at === 0 ? obr : undefined }));
  const isSpokenOf = obr !== undefined && [9, 10, 14, 15].some((field) => obr.field(field) !== undefined);
  return isSpokenOf ? [fromObr(obr, source)] : [];
}

/** The reference to the one specimen, where there is just one. */
export function onlySpecimen(planned: readonly PlannedCompanion[]): Reference | undefined {
  const [first, second] = planned;
  return first === undefined || second !== undefined ? undefined : { reference: `Specimen/${first.id}` };
}

/** Source: v2-to-FHIR SPM[Specimen], rows in their order; OBR[Specimen] for what SPM leaves out. */
function fromSpm(spm: SegmentReader, { situation, obr, times, of }: SpecimenSource): PlannedCompanion {
  const ids = spm.field(2);
  const placer = pairIdentifier(ids, 1);
  const filler = pairIdentifier(ids, 2);
  const number = filler?.value ?? placer?.value;
  const resource = present<Specimen>({
    resourceType: "Specimen",
    identifier: list(placer, filler, ...spm.fields(31).map((field) => extendedIdentifier(field))),
    accessionIdentifier: extendedIdentifier(spm.field(30)),
    status: codeOf(spm.field(20), "YesNoIndicator[AvailabilityStatus]") as Specimen["status"],
    type: codeableConcept(spm.field(4), "SpecimenType"),
    subject: situation.subject,
    receivedTime: dateTimeIn(spm.field(18)) ?? dateTimeIn(obr?.field(14)),
    parent: list(parentOf(spm.field(3))),
    collection: presentOrNone<SpecimenCollection>({
      collector: practitioner(obr?.field(10)),
      ...collected(spm.field(17), times),
      quantity: quantityIn(spm.field(12)) ?? quantityIn(obr?.field(9)),
      method: codeableConcept(spm.field(7), "SpecimenCollectionMethod"),
      bodySite: codeableConcept(spm.field(8)),
    }),
    container: containerOf(spm),
    condition: codeableConcepts(spm.fields(24), "SpecimenCondition"),
    note: list(...spm.fields(14).map((field): Annotation => ({ text: field.layout() }))),
  });
  const identity = number === undefined ? [of, spm.segment.fieldText(1)] : [situation.subject.reference, number];
  return {
    rule: "companion",
    id: deterministicId("Specimen", situation.origin.sender, ...identity),
    of,
    where: spm.where,
    resource,
  };
}

/** Source: v2-to-FHIR OBR[Specimen], SPS[Specimen-Source], rows in their order. */
function fromObr(obr: SegmentReader, { situation, times, of }: SpecimenSource): PlannedCompanion {
  const source = obr.field(15);
  const { type, additive, remark, bodySite, condition } = source === undefined ? noSource : sourceIn(source);
  const resource = present<Specimen>({
    resourceType: "Specimen",
    type,
    subject: situation.subject,
    receivedTime: dateTimeIn(obr.field(14)),
    collection: presentOrNone<SpecimenCollection>({
      collector: practitioner(obr.field(10)),
      ...collected(undefined, times),
      quantity: quantityIn(obr.field(9)),
      bodySite,
    }),
    container: additive && [{ additiveCodeableConcept: additive }],
    condition: list(condition),
    note: list(
      remark === undefined ? undefined : { text: remark },
      ...obr.fields(39).map((field): Annotation => ({ text: field.layout() })),
    ),
  });
  return { rule: "companion", id: deterministicId("Specimen", of, "OBR-15"), of, where: obr.where, resource };
}

interface Source {
  readonly type: CodeableConcept | undefined;
  readonly additive?: CodeableConcept | undefined;
  readonly remark?: string | undefined;
  readonly bodySite?: CodeableConcept | undefined;
  readonly condition?: CodeableConcept | undefined;
}

const noSource: Source = { type: undefined };

/** Many senders put a CE (code, text, system) where an SPS belongs; its third part then names a coding system. */
function sourceIn(field: FieldReader): Source {
  const third = field.peek(3) ?? "";
  if (/^(?:HL7\d{4}|L|SCT|99\w*)$/.test(third)) return { type: codeableConcept(field, "SpecimenType") };
  return {
    type: conceptIn(field, { component: 1, table: "SpecimenType" }),
    additive: conceptIn(field, { component: 2, table: "AdditivePreservative" }),
    remark: field.text(3),
    bodySite: conceptIn(field, { component: 4, table: "BodySite" }),
    condition: conceptIn(field, { component: 6, table: "SpecimenCondition" }),
  };
}

/** SPM-17, else what OBR-7 and OBR-8 say. */
function collected(
  field: FieldReader | undefined,
  { observedFrom, observedTo }: ReportTimes,
): Pick<SpecimenCollection, "collectedDateTime" | "collectedPeriod"> {
  const period = field === undefined ? undefined : periodIn(field, { from: 1, to: 2 });
  if (period?.end !== undefined) return { collectedPeriod: period };
  const start = period?.start;
  if (start !== undefined) return { collectedDateTime: start };
  if (observedTo !== undefined) {
    return {
      collectedPeriod: observedFrom === undefined ? { end: observedTo } : { start: observedFrom, end: observedTo },
    };
  }
  return observedFrom === undefined ? {} : { collectedDateTime: observedFrom };
}

function containerOf(spm: SegmentReader): Specimen["container"] | undefined {
  const type = codeableConcept(spm.field(27));
  const [additive, ...more] = codeableConcepts(spm.fields(6), "AdditivePreservative") ?? [];
  const first = presentOrNone<SpecimenContainer>({ type, additiveCodeableConcept: additive });
  return list(first, ...more.map((each): SpecimenContainer => ({ additiveCodeableConcept: each })));
}

/** Specimens elsewhere are known by their numbers alone. */
function parentOf(field: FieldReader | undefined): Reference | undefined {
  const identifier = pairIdentifier(field, 2) ?? pairIdentifier(field, 1);
  return identifier && { type: "Specimen", identifier };
}

/** CQ: a number and its unit. Source: v2-to-FHIR CQ[Quantity]. */
function quantityIn(field: FieldReader | undefined): Quantity | undefined {
  const quantity = bareQuantity(field?.peek(1) ?? "");
  if (field === undefined || quantity === undefined) return undefined;
  field.text(1);
  const unit = field.text(2, 1);
  const name = field.text(2, 2);
  return { ...quantity, ...(unit === undefined ? {} : printed(name ?? unit, unit)) };
}
