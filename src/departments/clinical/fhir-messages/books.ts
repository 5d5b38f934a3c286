import { isJsonObject, type Json, writtenNumbersOf } from "#kernel";
import type { LedgerEntry } from "../messages/ledger.ts";
import type { UnmappedReason } from "../messages/unmapped-reasons.ts";
import type { EntryAt, FhirBundle, FhirEntry } from "./fhir-bundle.ts";
import { targetsOf } from "./identity.ts";
import { ownOfPatient } from "./patient.ts";
import { named, ruleOf } from "./places.ts";

export interface BookNeeds {
  readonly entryAt: EntryAt;
  readonly focus: ReadonlySet<FhirEntry>;
}

/** Every value of a message: the element that it is in, or why it is in none. */
export function bookOf({ bundle, header, entries }: FhirBundle, { entryAt }: BookNeeds): readonly LedgerEntry[] {
  const byPlace = new Map([header, ...entries].map((entry) => [entry.at, entry]));
  const naming = namingOf(entries, entryAt);
  return leavesOf(bundle, "Bundle").map(({ where, value }): LedgerEntry => {
    const [, at, path] = /^Bundle\.entry\[(\d+)\]\.resource\.(.+)$/.exec(where) ?? [];
    const entry = byPlace.get(Number(at));
    if (path === undefined || entry === undefined) return { where, value, reason: "administrative" };
    const fate = fateOf(entry, path, naming);
    return fate.startsWith("=")
      ? { where, value, element: fate.slice(1) }
      : { where, value, reason: fate as UnmappedReason };
  });
}

/** What names an entry: as a whole (`contained`), or by number and name alone. */
type Naming = ReadonlyMap<FhirEntry, "contained" | "by-name">;

/** Those that only named ones name are contained beside them. */
function namingOf(entries: readonly FhirEntry[], entryAt: EntryAt): Naming {
  const naming = new Map<FhirEntry, "contained" | "by-name">();
  const isWhole = ({ type }: FhirEntry) => ["result", "companion", "tell"].includes(ruleOf.get(type) ?? "");
  const mark = (holder: FhirEntry): void => {
    for (const target of targetsOf(holder, entryAt)) {
      if (!named.has(target.type) || naming.get(target) === "contained") continue;
      naming.set(target, "contained");
      mark(target);
    }
  };
  entries.filter(isWhole).forEach(mark);
  for (const holder of entries.filter((each) => !isWhole(each) && !named.has(each.type))) {
    for (const target of targetsOf(holder, entryAt)) {
      if (named.has(target.type) && !naming.has(target)) naming.set(target, "by-name");
    }
  }
  return naming;
}

/** `=` and an element, or a reason. */
function fateOf(entry: FhirEntry, path: string, naming: Naming): string {
  const { type } = entry;
  const [element = ""] = path.split(/[.[]/);
  const plain = path.replace(/\[\d+\]/g, "");
  if (type === "MessageHeader") return headerFate(plain);
  if (element === "resourceType") return named.has(type) && !naming.has(entry) ? "not-of-this-event" : `=${type}`;
  if (element === "id" || element === "implicitRules") return "administrative";
  if (element === "meta")
    return /^meta\.(profile|security|tag)/.test(path) && type !== "Patient" ? `=${type}.${plain}` : "administrative";
  if (type === "Patient") return ownOfPatient.has(element) ? "part-not-carried" : `=Patient.${plain}`;
  if (!named.has(type)) return `=${type}.${plain}`;
  const how = naming.get(entry);
  if (how === undefined) return "not-of-this-event";
  if (how === "contained") return element === "text" ? "part-not-carried" : `=${type}.${plain}`;
  return element === "name" || path.startsWith("identifier[0]") ? `=Reference.${plain}` : "part-not-carried";
}

/** What of the header the Provenance tells. */
function headerFate(path: string): string {
  if (path === "id") return "=Provenance.entity.what";
  if (path === "source.endpoint" || path === "destination.endpoint") return "=Provenance.agent.who";
  if (path === "eventUri" || path === "eventCoding.code") return "=Provenance.activity";
  return "administrative";
}

interface Leaf {
  readonly where: string;
  readonly value: string;
}

/** Every value within one, and where. */
export function leavesOf(value: Json, where: string): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, at) => leavesOf(item, `${where}[${at}]`));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, member]) => {
      const written = writtenNumbersOf(value)?.[name];
      return leavesOf(written ?? member, `${where}.${name}`);
    });
  return value === null ? [] : [{ where, value: String(value) }];
}
