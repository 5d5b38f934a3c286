import type { AllergyIntolerance, AllergyIntoleranceReaction, CodeableConcept, Reference } from "#standards/fhir";
import { codeableConcept, codeOf } from "../messages/datatypes/cwe.ts";
import { dateTimeIn } from "../messages/datatypes/ts.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { SegmentReader } from "../messages/message-reader.ts";
import type { PlannedRevision } from "../messages/plan.ts";
import { list, present, presentOrNone } from "../messages/present.ts";

/**
 * An allergy or intolerance. Undefined without AL1-3: an allergy to nothing.
 * Source: v2-to-FHIR AL1[AllergyIntolerance], rows in their order.
 */
export function allergy(
  al1: SegmentReader,
  { subject, asOf }: { readonly subject: Reference; readonly asOf: string | undefined },
): PlannedRevision | undefined {
  const code = codeableConcept(al1.field(3));
  if (code === undefined) return undefined;
  const allergen = al1.peek(3) ?? al1.peek(3, 2);
  const category = codeOf(al1.field(2), "AllergenType[AllergyIntoleranceCategory]");
  const resource = present<AllergyIntolerance>({
    resourceType: "AllergyIntolerance",
    clinicalStatus: {
      coding: [{ system: "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", code: "active" }],
    },
    type: codeOf(al1.field(2), "AllergyType") as AllergyIntolerance["type"],
    category: list(category) as AllergyIntolerance["category"],
    criticality: codeOf(
      al1.field(4),
      "AllergySeverity[AllergyIntolerance.criticality]",
    ) as AllergyIntolerance["criticality"],
    code,
    patient: subject,
    onsetDateTime: dateTimeIn(al1.field(6)),
    reaction: reactions(al1),
  });
  return {
    rule: "revise",
    id: deterministicId("AllergyIntolerance", subject.reference, allergen),
    where: al1.where,
    resource,
    asOf,
  };
}

/** AL1-4 and AL1-5; a reaction in FHIR has a manifestation or is none. */
function reactions(al1: SegmentReader): readonly AllergyIntoleranceReaction[] | undefined {
  const manifestation = list(...al1.fields(5).map((field): CodeableConcept => ({ text: field.layout().trim() })));
  if (manifestation === undefined) return undefined;
  const severity = codeOf(al1.field(4), "AllergySeverity[AllergyIntolerance.reaction.severity]");
  return list(
    presentOrNone<AllergyIntoleranceReaction>({
      manifestation,
      severity: severity as AllergyIntoleranceReaction["severity"],
    }),
  );
}
