/**
 * The sample messages of microsoft/FHIR-Converter, value by value. A value passes when the ledger names the element it went
 * to and it is found in the resources of its message: as the text that was sent, as the same time or number in the form of
 * FHIR, or as what a code table makes of it. Excluded is what the ledger lists with a reason, what only the LinkMessage
 * keeps, and what is told by other words. A value that is in no ledger fails.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LedgerEntry, type Preview, previewMessage } from "#departments/clinical";
import { expectOk, hospitalTime } from "#kernel";
import { everyMeaning } from "#standards/v2-to-fhir";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";

const { offsetMinutesAt } = hospitalTime("Europe/London");

/** OBX-2 becomes the type of the value: `valueQuantity`. */
const typesOfValues = new Set([
  "NM",
  "SN",
  "ST",
  "TX",
  "FT",
  "CE",
  "CWE",
  "CNE",
  "DT",
  "TM",
  "TS",
  "DTM",
  "ED",
  "RP",
  "CF",
]);

/** How many values, and what became of them. */
export interface Carried {
  values: number;
  /** In an element of R4 that is for it. */
  elements: number;
  /** In an extension named by the field. */
  extensions: number;
  /** In what is kept of the message beside its resources: receiver, control id, version, character set. */
  header: number;
  /** Carried as the ledger says, and not to be found by its text: read, but told by other words. */
  unseen: number;
  listed: number;
  readonly reasons: Record<string, number>;
  readonly unseenAt: Record<string, number>;
}

export function count(): Carried {
  const samples = testData("hl7v2/samples");
  const carried: Carried = {
    values: 0,
    elements: 0,
    extensions: 0,
    header: 0,
    unseen: 0,
    listed: 0,
    reasons: {},
    unseenAt: {},
  };
  if (samples.skip !== false) return carried;
  for (const file of readdirSync(samples.path).filter((name) => name.endsWith(".hl7")))
    countMessage(mapped(readFileSync(join(samples.path, file))), carried);
  return carried;
}

/** A type that is refused, as what is asked for is more than rows can do, is mapped by rows to count its values. */
function mapped(raw: Uint8Array): Preview {
  const source = { raw, patientReference: "Patient/1", offsetMinutesAt };
  const preview = previewMessage(source);
  return preview.ok ? preview.value : expectOk(previewMessage({ ...source, mapping: "rows/1" }));
}

function countMessage(preview: Preview, carried: Carried): void {
  const seen = new Seen([
    preview.patient,
    ...preview.plan.map(({ resource }) => resource),
    asOf(preview),
    preview.provenance,
  ]);
  for (const entry of preview.ledger) {
    carried.values += 1;
    if ("reason" in entry) {
      carried.listed += 1;
      carried.reasons[entry.reason] = (carried.reasons[entry.reason] ?? 0) + 1;
    } else if (entry.element.startsWith("LinkMessage.") && !seen.has(entry)) carried.header += 1;
    else if (!seen.has(entry)) {
      carried.unseen += 1;
      const field = entry.where.replace(/\[\d+\]/g, "");
      carried.unseenAt[field] = (carried.unseenAt[field] ?? 0) + 1;
    } else if (/\.extension\([A-Z][A-Z0-9]{2}-\d+\)$/.test(entry.element)) carried.extensions += 1;
    else carried.elements += 1;
  }
}

/** When the event happened is written into what it changes. */
function asOf({ plan }: Preview): readonly unknown[] {
  return plan.map((planned) => ("asOf" in planned ? planned.asOf : undefined));
}

/** Every text and number of some resources, in forms that can be compared. */
class Seen {
  readonly #texts = new Set<string>();
  /** The words of one element of the resources of a type: `Encounter.participant`. */
  readonly #words = new Map<string, Set<string>>();
  readonly #digits: string[] = [];
  readonly #whole: string;

  constructor(resources: readonly unknown[]) {
    this.#collect(resources);
    for (const resource of resources) this.#collectWords(resource);
    this.#whole = [...this.#texts].join("\n");
  }

  #collect(json: unknown): void {
    this.#texts.add(plain(textOfBinary(json)));
    if (typeof json === "object" && json !== null) for (const each of Object.values(json)) this.#collect(each);
    else if (json !== undefined && json !== null) {
      this.#texts.add(plain(String(json)));
      if (/^\d{4}-\d\d/.test(String(json))) this.#digits.push(String(json).replace(/\D/g, ""));
    }
  }

  #collectWords(resource: unknown): void {
    if (typeof resource !== "object" || resource === null) return;
    const { resourceType, ...elements } = resource as Readonly<Record<string, unknown>>;
    for (const [name, content] of Object.entries(elements)) {
      const place = `${String(resourceType)}.${name.replace(/^(value)[A-Z].*/, "$1")}`;
      const words = this.#words.get(place) ?? new Set();
      for (const word of wordsOf(textsIn(content).join(" "))) words.add(word);
      this.#words.set(place, words);
    }
  }

  /** A short text is found as a word of the very element that the ledger names. */
  #hasWords(entry: LedgerEntry): boolean {
    if (!("element" in entry)) return false;
    const words = this.#words.get(entry.element.split(".").slice(0, 2).join("."));
    const sought = wordsOf(entry.value);
    return words !== undefined && sought.length > 0 && sought.every((word) => words.has(word));
  }

  has(entry: LedgerEntry): boolean {
    return this.#hasText(entry) || this.#hasWords(entry);
  }

  #hasText({ value }: LedgerEntry): boolean {
    const text = plain(value);
    if (this.#texts.has(text) || everyMeaning(value.trim()).some((code) => this.#texts.has(plain(code)))) return true;
    const number = Number(value);
    if (value.trim() !== "" && !Number.isNaN(number) && this.#texts.has(plain(String(number)))) return true;
    if (/^\d{4}/.test(value) && this.#digits.some((digits) => isSameTime(digits, value))) return true;
    if (typesOfValues.has(value)) return true;
    if (systemsOf(value).some((system) => this.#whole.includes(system))) return true;
    return text.length > 2 && this.#whole.includes(text);
  }
}

/** Lines of text are kept in a Binary. */
function textOfBinary(json: unknown): string {
  const { contentType = "", data = "" } = (json ?? {}) as { readonly contentType?: string; readonly data?: string };
  return contentType.startsWith("text/") ? Buffer.from(data, "base64").toString() : "";
}

/** What an element says; names within a system as they were sent. */
function textsIn(json: unknown): readonly string[] {
  if (typeof json === "object" && json !== null) return Object.entries(json).flatMap(([, each]) => textsIn(each));
  if (typeof json !== "string") return json === undefined || json === null ? [] : [String(json)];
  return json.startsWith("urn:") && /%[0-9A-F]{2}/.test(json) ? [decodeURIComponent(json)] : [json];
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** What becomes of the name of a coding system: table 0396, the tables of HL7, and systems of the sender's own. */
function systemsOf(name: string): readonly string[] {
  const table = /^HL7(\d{4})$/.exec(name)?.[1];
  if (table !== undefined) return [`codesystem/v2${table}`];
  if (/^(?:L|LOCAL|99\w*)$/.test(name)) return [":local"];
  return systems[name] ?? [];
}

const systems: Readonly<Record<string, readonly string[]>> = {
  LN: ["http://loinc.org"],
  SCT: ["http://snomed.info/sct"],
  UCUM: ["http://unitsofmeasure.org"],
  CVX: ["http://hl7.org/fhir/sid/cvx"],
  CAS: ["urn:oid:2.16.840.1.113883.6.61"],
  I10: ["http://hl7.org/fhir/sid/icd10"],
  I9: ["http://hl7.org/fhir/sid/icd9"],
  I9C: ["http://hl7.org/fhir/sid/icd9cm"],
  ISO: ["urn:oid:"],
  GUID: ["urn:uuid:"],
  UUID: ["urn:uuid:"],
  C4: ["http://www.amaassn.org/go/cpt"],
};

/** To the minute, where both go as far. */
function isSameTime(digits: string, value: string): boolean {
  const sent = /^\d+/.exec(value)?.[0].slice(0, 12) ?? "";
  return digits.startsWith(sent.slice(0, Math.min(sent.length, digits.length)));
}

/** Escapes, blanks and capitals are told otherwise without harm. */
function plain(text: string): string {
  return text
    .replace(/\\T\\/g, "&")
    .replace(/\\[A-Z.][^\\]*\\/g, "")
    .replace(/[\s-]+/g, "")
    .toLowerCase();
}

export async function run(): Promise<SuiteResult> {
  const { values, elements, extensions, header, unseen, listed } = count();
  const passed = elements + extensions;
  const excluded = header + unseen + listed;
  const failures = passed + excluded === values ? [] : [`${values - passed - excluded} values are in no ledger`];
  return { passed, total: values, excluded, failures };
}

if (import.meta.main) {
  const { reasons, unseenAt, ...figures } = count();
  console.log(figures, reasons);
  console.log(
    Object.entries(unseenAt)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 60)
      .map(([field, times]) => `${field} ${times}`)
      .join("; "),
  );
}
