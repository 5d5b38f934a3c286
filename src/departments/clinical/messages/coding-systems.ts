/**
 * FHIR systems for the names of coding systems that messages use (table 0396), in the order of that table.
 * Names are compared in capitals.
 */
const systems: Readonly<Record<string, string>> = {
  C4: "http://www.ama-assn.org/go/cpt",
  CAS: "urn:oid:2.16.840.1.113883.6.61",
  CDCREC: "urn:oid:2.16.840.1.113883.6.238",
  CVX: "http://hl7.org/fhir/sid/cvx",
  I10: "http://hl7.org/fhir/sid/icd-10",
  ICD10: "http://hl7.org/fhir/sid/icd-10",
  I9: "http://hl7.org/fhir/sid/icd-9",
  I9C: "http://hl7.org/fhir/sid/icd-9-cm",
  LN: "http://loinc.org",
  LOINC: "http://loinc.org",
  NDC: "http://hl7.org/fhir/sid/ndc",
  RXNORM: "http://www.nlm.nih.gov/research/umls/rxnorm",
  SCT: "http://snomed.info/sct",
  SNM3: "http://snomed.info/sct",
  "SNOMED-CT": "http://snomed.info/sct",
  UCUM: "http://unitsofmeasure.org",
  DMD: "https://dmd.nhs.uk",
};

export const loincSystem = "http://loinc.org";
export const ucumSystem = "http://unitsofmeasure.org";

const v2Table = /^HL7(\d{4})$/;
/** Table 0396: local codes are `L`, or `99` and what the sender likes. */
const localName = /^(?:L|LOCAL|99[A-Z0-9]*)$/;

/**
 * The FHIR system of a coding system named in a message. Local names are the sender's own, so the sender is part of
 * the URI: two laboratories' `99LAB` are not the same. An unknown name is kept as one.
 */
export function codingSystem(name: string, { localCodes }: { readonly localCodes: string }): string {
  const capitals = name.toUpperCase();
  const known = systems[capitals];
  if (known !== undefined) return known;
  const table = v2Table.exec(capitals)?.[1];
  if (table !== undefined) return `http://terminology.hl7.org/CodeSystem/v2-${table}`;
  if (/^\d+(\.\d+)+$/.test(name)) return `urn:oid:${name}`;
  return localName.test(capitals) ? localCodes : `urn:corridor:codes:${urnPart(name)}`;
}

/** The other way round: the name that messages have for a system, of several the first; undefined where there is none. */
export function codingSystemName(system: string): string | undefined {
  const [name] = Object.entries(systems).find(([, known]) => known === system) ?? [];
  if (name !== undefined) return name;
  const table = /^http:\/\/terminology\.hl7\.org\/CodeSystem\/v2-(\d{4})$/.exec(system)?.[1];
  if (table !== undefined) return `HL7${table}`;
  if (/^urn:corridor:codes:.*:local$/.test(system)) return "L";
  return system.startsWith(ownCodes) ? decodeURIComponent(system.slice(ownCodes.length)) : undefined;
}

const ownCodes = "urn:corridor:codes:";

/** The system of the codes of a sender's own. */
export function localCodesOf(sender: string): string {
  return `urn:corridor:codes:${urnPart(sender)}:local`;
}

/** What may stand between the colons of a URN. Source: RFC 8141 §2. */
export function urnPart(text: string): string {
  return encodeURIComponent(text.trim()).replaceAll("'", "%27");
}
