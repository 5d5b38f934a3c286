import type { Rule } from "../rule.ts";

/** What begins so names published definitions and code systems, never a person. */
export const published: readonly string[] = [
  "http://hl7.org/",
  "http://terminology.hl7.org/",
  "http://loinc.org",
  "http://snomed.info/",
  "http://unitsofmeasure.org",
  "http://www.nlm.nih.gov/research/umls/",
  "http://dicom.nema.org/",
  "http://www.whocc.no/atc",
  "http://id.who.int/icd/",
  "http://read.info/",
  "https://dmd.nhs.uk",
  "https://fhir.hl7.org.uk/",
  "https://fhir.nhs.uk/",
  "https://bluebutton.cms.gov/resources/codesystem/",
  "https://bluebutton.cms.gov/resources/variables/",
  "urn:ietf:bcp:",
  "urn:iso:std:",
  "urn:oid:2.16.840.1.113883.6.",
];

/** Coded facts that are not among the 18 kinds. */
export const listedExtensions: readonly string[] = [
  "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
  "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race#ombCategory",
  "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race#detailed",
  "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity",
  "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity#ombCategory",
  "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity#detailed",
  "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory",
  "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
];

/** LOINC and SNOMED CT codes of observations whose value is an age. */
const ofAge =
  "code.coding.where(code in ('30525-0' | '21612-7' | '29553-5' | '63900-5' | '424144002' | '397669002')).exists()";

/** Every type of R4 has a rule here, so that every element has one; what follows is about single elements. */
export const baseRules: readonly Rule[] = [
  ...["boolean", "integer", "unsignedInt", "positiveInt", "decimal"].map(keep),
  ...["code", "string", "markdown", "uri", "url", "canonical"].map(review),
  ...["xhtml", "base64Binary", "time", "oid", "uuid"].map(redact),
  { path: "id", method: "pseudonym" },
  // What is made of parts.
  ...["Narrative", "HumanName", "ContactPoint"].map(redact),
  ...["Identifier", "Reference"].map(pseudonym),
  ...["Coding", "Quantity", "Count", "Distance", "Duration"].map(review),
  { path: "Age", method: "generalize" },
  ...entered(),
  // Identifiers and pointers.
  ...["Identifier.value", "Bundle.entry.fullUrl", "Bundle.link.url"].map(pseudonym),
  ...["Bundle.entry.request.url", "Bundle.entry.request.ifNoneExist", "Bundle.entry.response.location"].map(pseudonym),
  ...["ImagingStudy.series.uid", "ImagingStudy.series.instance.uid"].map(uid),
  ...["Identifier.system", "Meta.versionId", "Meta.source", "Reference.type", "CodeableConcept.text"].map((path) => ({
    path,
    method: path === "CodeableConcept.text" ? ("review" as const) : ("redact" as const),
  })),
  // Texts that are not free.
  { path: "Bundle.link.relation", method: "keep", matching: "self|first|previous|prev|next|last" },
  { path: "Bundle.entry.response.status", method: "keep", matching: "\\d{3}(?: (?:OK|Created|No Content))?" },
  { path: "SampledData.data", method: "keep", matching: "(?:(?:-?\\d{1,5}(?:\\.\\d{1,6})?|[EUL])(?: |$)){8,}" },
  { path: "CapabilityStatement.fhirVersion", method: "keep" },
  // Places smaller than a state.
  ...["text", "line", "city", "district"].map((part) => redact(`Address.${part}`)),
  { path: "Address.state", method: "keep", matching: "[A-Z]{2}" },
  { path: "Address.country", method: "keep", matching: "[A-Z]{2,3}" },
  { path: "Address.postalCode", method: "generalize" },
  redact("Location.position"),
  // What an attachment is, but nothing of it.
  ...["data", "url", "title", "hash", "size", "creation"].map((part) => redact(`Attachment.${part}`)),
  ...["AuditEvent.agent.network", "AuditEvent.entity.query", "Device.udiCarrier", "MolecularSequence"].map(redact),
  redact("Patient.photo"),
  redact("Person.photo"),
  redact("Practitioner.photo"),
  redact("RelatedPerson.photo"),
  // An age may stand in an observation too, or in a part of one.
  ...["Observation", "Observation.component"].flatMap((path) => [
    { path: `${path}.where(${ofAge}).value.ofType(Quantity)`, method: "generalize" as const },
    redact(`${path}.where(${ofAge}).value.ofType(integer)`),
  ]),
];

/** Types whose parts each have a rule of their own. */
function entered(): readonly Rule[] {
  const types =
    "Address Annotation Attachment CodeableConcept ContactDetail Contributor DataRequirement Dosage ElementDefinition Expression MarketingStatus Meta Money ParameterDefinition Period Population ProdCharacteristic ProductShelfLife Range Ratio RelatedArtifact SampledData Signature SubstanceAmount Timing TriggerDefinition UsageContext";
  return types.split(" ").map(keep);
}

function keep(path: string): Rule {
  return { path, method: "keep" };
}

function review(path: string): Rule {
  return { path, method: "review" };
}

function redact(path: string): Rule {
  return { path, method: "redact" };
}

function pseudonym(path: string): Rule {
  return { path, method: "pseudonym" };
}

/** The same UIDs as in the images. */
function uid(path: string): Rule {
  return { path, method: "pseudonym", as: "uid" };
}
