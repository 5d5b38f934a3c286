import type { CodeableConcept, Identifier, ServiceRequest } from "#standards/fhir";
import { deterministicId } from "../../messages/deterministic-id.ts";
import type { WorklistRule } from "./worklist-rules.ts";

/** Sections of a hospital that make images. Source: HL7 table 0074. */
const sections = new Set(["CT", "NMR", "RAD", "RX", "XRC", "CUS", "RUS", "OUS", "VUS", "NMS"]);
const sectionSystem = "http://terminology.hl7.org/CodeSystem/v2-0074";
const modalitySystem = "http://dicom.nema.org/resources/ontology/DCM";
const snomed = "http://snomed.info/sct";
/** Imaging (procedure). */
const imagingCodes = new Set(["363679005"]);

/** Whether an order asks for images: its category says so, in one of the ways that systems do. */
export function isImagingOrder({ category = [] }: Pick<ServiceRequest, "category">): boolean {
  return category.some(({ coding = [] }) =>
    coding.some(({ system, code = "" }) => {
      if (system === sectionSystem) return sections.has(code);
      if (system === snomed) return imagingCodes.has(code);
      return system === modalitySystem || code === "imaging";
    }),
  );
}

/** The rule for an order; undefined where none fits. */
export function ruleFor(order: ServiceRequest, rules: readonly WorklistRule[]): WorklistRule | undefined {
  const categories = codesOf(order.category ?? []);
  const codes = codesOf([...(order.code === undefined ? [] : [order.code]), ...(order.orderDetail ?? [])]);
  return rules.find(({ when }) => {
    const { categories: asked, codes: named, codesBeginning, priorities } = when;
    return (
      (asked === undefined || asked.some((code) => categories.includes(code))) &&
      (named === undefined || named.some((code) => codes.includes(code))) &&
      (codesBeginning === undefined || codesBeginning.some((start) => codes.some((code) => code.startsWith(start)))) &&
      (priorities === undefined || priorities.some((priority) => priority === (order.priority ?? "routine")))
    );
  });
}

function codesOf(concepts: readonly CodeableConcept[]): readonly string[] {
  return concepts.flatMap(({ coding = [] }) => coding.flatMap(({ code }) => (code === undefined ? [] : [code])));
}

/** Source: HL7 table 0203. */
const accessionType = { system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "ACSN" } as const;

/** Its own accession number; else the number of whoever fills it, where that is short enough to be one. */
export function accessionOf({ identifier = [] }: Pick<ServiceRequest, "identifier">): string | undefined {
  const typed = (type: string) => identifier.find((each) => hasType(each, type))?.value;
  return [typed("ACSN"), typed("FILL")].find((value) => value !== undefined && isShortText(value));
}

/** The same order with an accession number of ours, where it has none that is marked as one. */
export function withAccession(order: ServiceRequest, accession: string): ServiceRequest {
  const { identifier = [] } = order;
  if (identifier.some((each) => hasType(each, "ACSN"))) return order;
  const own: Identifier = { type: { coding: [accessionType] }, value: accession };
  return { ...order, identifier: [...identifier, own] };
}

function hasType({ type }: Identifier, code: string): boolean {
  return type?.coding?.some((coding) => coding.code === code) === true;
}

/** SH: at most 16 characters, and no backslash. Source: PS3.5 Table 6.2-1. */
function isShortText(value: string): boolean {
  return value.length > 0 && value.length <= 16 && /^[\x20-\x5b\x5d-\x7e]+$/.test(value);
}

/** Of a year and of the order's id, so that it is always the same: `A26K3XQ7M2PD9`. 55 bits: never the same twice. */
export function madeAccession(orderId: string, year: string): string {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let left = BigInt(`0x${deterministicId("accession", orderId)}`);
  let text = "";
  for (let at = 0; at < 11; at += 1) {
    text += digits[Number(left % 32n)];
    left /= 32n;
  }
  return `A${year.slice(2, 4)}${text}`;
}
