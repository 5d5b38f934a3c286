import type { AllergyIntolerance } from "#standards/fhir";
import type { Allergies, Allergy } from "../api.ts";
import { present } from "../messages/present.ts";
import { codedText } from "./coded-text.ts";

/** Codes that say a patient has no allergy. Source: SNOMED CT; HL7 v3 code system NullFlavor is not among them. */
const noneKnownCodes: ReadonlySet<string | undefined> = new Set([
  "716186003", // no known allergy
  "409137002", // no known drug allergy
  "428607008", // no known environmental allergy
  "429625007", // no known food allergy
  "no-known-allergy",
  "NKA",
]);

/** A drug, food or environment "none known" says nothing of other substances, so it is listed and not summed up. */
const noneAtAllCodes: ReadonlySet<string | undefined> = new Set(["716186003", "no-known-allergy", "NKA"]);

/** Statuses that no longer hold. Source: FHIR R4 value sets allergyintolerance-verification and -clinical. */
const goneVerification: ReadonlySet<string | undefined> = new Set(["refuted", "entered-in-error"]);
const goneClinical: ReadonlySet<string | undefined> = new Set(["resolved", "inactive"]);

/**
 * What the banner says of allergies. Nothing recorded is not "none known": that is only said where someone recorded it,
 * and never beside an allergy that holds.
 */
export function allergiesOf(allergies: readonly AllergyIntolerance[]): Allergies {
  const holding = allergies.filter(holds);
  const real = holding.filter((each) => !codesOf(each).some((code) => noneAtAllCodes.has(code)));
  if (real.length > 0) {
    const list = real.map(allergyView).toSorted((a, b) => rank(b) - rank(a));
    return { state: "listed", text: list.map((each) => each.substance).join(", "), list };
  }
  return holding.length > 0
    ? { state: "none-known", text: "No known allergies" }
    : { state: "unrecorded", text: "No allergies recorded" };
}

function holds(allergy: AllergyIntolerance): boolean {
  const clinical = allergy.clinicalStatus?.coding?.some((coding) => goneClinical.has(coding.code)) ?? false;
  const verification = allergy.verificationStatus?.coding?.some((coding) => goneVerification.has(coding.code)) ?? false;
  return !clinical && !verification;
}

function codesOf(allergy: AllergyIntolerance): readonly (string | undefined)[] {
  return (allergy.code?.coding ?? []).map((coding) => coding.code);
}

function allergyView(allergy: AllergyIntolerance): Allergy {
  const isNone = codesOf(allergy).some((code) => noneKnownCodes.has(code));
  const reactions = (allergy.reaction ?? []).flatMap((reaction) =>
    reaction.manifestation.flatMap((manifestation) => codedText(manifestation)?.text ?? []),
  );
  return present<Allergy>({
    id: allergy.id ?? "",
    substance: codedText(allergy.code)?.text ?? "Substance not stated",
    reactions,
    criticality: isNone ? undefined : allergy.criticality,
    status: statusText(allergy),
  });
}

/** Source: FHIR R4 code systems allergyintolerance-verification and allergyintolerance-clinical. */
const statusTexts: Readonly<Record<string, string>> = {
  confirmed: "Confirmed",
  unconfirmed: "Unconfirmed",
  presumed: "Presumed",
  active: "Active",
};

function statusText({ verificationStatus, clinicalStatus }: AllergyIntolerance): string {
  const coded = codedText(verificationStatus) ?? codedText(clinicalStatus);
  return statusTexts[coded?.code ?? ""] ?? coded?.text ?? "Status not stated";
}

function rank({ criticality }: Allergy): number {
  return criticality === "high" ? 1 : 0;
}
