import { formatDate, formatDateTime } from "../../parts/format/dates.ts";
import { isRecord } from "../fhir/outcome.ts";

type Value = Readonly<Record<string, unknown>>;

/** A value of an R4 type in one line, as people read it; empty where there is nothing to say. */
export function valueText(type: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return primitiveText(type, value);
  if (Array.isArray(value)) return value.map((item) => valueText(type, item)).join("; ");
  const teller = tellers[type];
  const told = teller === undefined || !isRecord(value) ? undefined : teller(value);
  return told === undefined || told === "" ? rest(value) : told;
}

function primitiveText(type: string, value: unknown): string {
  if (type === "boolean" || typeof value === "boolean")
    return value === true ? "Yes" : value === false ? "No" : String(value);
  if (type === "date") return formatDate(String(value));
  if (type === "dateTime" || type === "instant") return formatDateTime(String(value));
  return String(value);
}

/** What has no words of its own: its texts, in their order. */
function rest(value: object): string {
  return Object.entries(value)
    .filter(([key]) => key !== "extension" && key !== "id" && key !== "resourceType")
    .map(([, part]) => (typeof part === "object" && part !== null ? rest(part) : String(part)))
    .filter((text) => text !== "")
    .join(" ");
}

/** By type; each may say nothing, and the parts are told instead. */
const tellers: Readonly<Record<string, (value: Value) => string | undefined>> = {
  HumanName: nameText,
  Address: (address) =>
    text(address.text) ??
    joined(", ", texts(address.line), address.city, address.district, address.postalCode, address.country),
  ContactPoint: ({ system, value, use }) => joined(" ", text(value), bracketed(joined(", ", text(system), text(use)))),
  Identifier: identifierText,
  Coding: codingText,
  CodeableConcept: conceptText,
  Quantity: quantityText,
  Age: quantityText,
  Count: quantityText,
  Distance: quantityText,
  Duration: quantityText,
  SimpleQuantity: quantityText,
  MoneyQuantity: quantityText,
  Money: ({ value, currency }) => joined(" ", value, currency),
  Range: ({ low, high }) => joined(" to ", quantityOf(low) ?? "…", quantityOf(high) ?? "…"),
  Ratio: ({ numerator, denominator }) => joined(" : ", quantityOf(numerator), quantityOf(denominator)),
  Period: periodText,
  Reference: referenceText,
  Annotation: ({ text: note }) => text(note),
  Attachment: ({ title, contentType, url }) => joined(" ", text(title) ?? text(url), bracketed(text(contentType))),
  Narrative: ({ div }) =>
    text(div)
      ?.replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  Meta: ({ versionId, lastUpdated }) =>
    joined(", ", text(versionId) && `version ${versionId}`, text(lastUpdated) && formatDateTime(String(lastUpdated))),
  Dosage: ({ text: dose, patientInstruction }) => text(dose) ?? text(patientInstruction),
  Timing: ({ code, event }) => (isRecord(code) ? conceptText(code) : texts(event).map(formatDateTime).join("; ")),
};

/** As the NHS writes names: `OSEI, Adaeze (Mrs)`. */
function nameText(name: Value): string | undefined {
  const family = text(name.family);
  const given = texts(name.given).join(" ");
  if (family === undefined && given === "") return text(name.text);
  const prefix = texts(name.prefix).join(" ");
  return joined(" ", joined(", ", family?.toUpperCase(), given), bracketed(prefix));
}

function identifierText({ value, type, system }: Value): string | undefined {
  const kind = isRecord(type) ? conceptText(type) : undefined;
  return joined(" ", text(value) ?? text(system), bracketed(kind));
}

export function codingText({ display, code, system }: Value): string | undefined {
  return text(display) ?? text(code) ?? text(system);
}

export function conceptText({ text: words, coding }: Value): string | undefined {
  if (text(words) !== undefined) return text(words);
  const codings = Array.isArray(coding) ? coding.filter(isRecord) : [];
  const [first] = codings.toSorted((a, b) => Number("display" in b) - Number("display" in a));
  return first === undefined ? undefined : codingText(first);
}

export function quantityText({ value, comparator, unit, code }: Value): string | undefined {
  if (value === undefined) return undefined;
  return joined(" ", `${text(comparator) ?? ""}${String(value)}`, text(unit) ?? text(code));
}

function quantityOf(value: unknown): string | undefined {
  return isRecord(value) ? quantityText(value) : undefined;
}

function periodText({ start, end }: Value): string | undefined {
  const from = text(start) && formatDateTime(String(start));
  const to = text(end) && formatDateTime(String(end));
  if (from && to) return `${from} to ${to}`;
  return from ? `from ${from}` : to ? `until ${to}` : undefined;
}

function referenceText({ display, reference, identifier, type }: Value): string | undefined {
  const named = isRecord(identifier) ? identifierText(identifier) : undefined;
  return text(display) ?? text(reference) ?? named ?? text(type);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function joined(separator: string, ...parts: readonly unknown[]): string {
  return parts
    .flat()
    .filter((part) => part !== undefined && part !== "" && part !== false)
    .join(separator);
}

function bracketed(words: string | undefined): string {
  return words === undefined || words === "" ? "" : `(${words})`;
}
