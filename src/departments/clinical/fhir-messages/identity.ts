import { isJsonObject, type Json } from "#kernel";
import { type EntryAt, type FhirEntry, numberOf, referencesIn, serverAddress } from "./fhir-bundle.ts";

/** What an entry is known by from one message of its sender to the next. */
export type Identity = readonly string[];

export interface Identifying {
  readonly entryAt: EntryAt;
  /** Of the message: known by it is what nothing else tells. */
  readonly controlId: string;
}

/**
 * By its number, where it alone of its type has that number; by its address at its server; by what it is within the report
 * that names it; else by its place in the message, so that the same message again tells of the same.
 */
export function identities(entries: readonly FhirEntry[], { entryAt, controlId }: Identifying) {
  const owners = ownersOf(entries, entryAt);
  const known = new Map<FhirEntry, Identity>();
  const within = (key: readonly (FhirEntry | string | undefined)[], entry: FhirEntry) =>
    entries.filter((other) => {
      const otherKey = [other.type, owners.get(other), codeOf(other), numberOf(other)];
      return other.at < entry.at && otherKey.every((part, at) => part === key[at]);
    }).length;
  const identityOf = (entry: FhirEntry, asked: readonly FhirEntry[] = []): Identity => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    const { type, at } = entry;
    const number = numberOf(entry);
    const owner = owners.get(entry);
    const address = serverAddress(entry);
    const occurrence = () => String(within([type, owner, codeOf(entry), number], entry));
    const isAlone =
      number !== undefined && entries.filter((each) => each.type === type && numberOf(each) === number).length === 1;
    const identity: Identity = isAlone
      ? ["number", number]
      : address !== undefined
        ? ["address", address]
        : number !== undefined
          ? ["number", number, codeOf(entry), occurrence()]
          : owner !== undefined && !asked.includes(owner)
            ? [...identityOf(owner, [...asked, entry]), "holds", codeOf(entry), occurrence()]
            : ["message", controlId, String(at)];
    known.set(entry, identity);
    return identity;
  };
  return (entry: FhirEntry): Identity => identityOf(entry);
}

const holders: ReadonlySet<string> = new Set(["DiagnosticReport", "DocumentReference", "Observation"]);

/** By entry, the first report, or else result, that names it. */
function ownersOf(entries: readonly FhirEntry[], entryAt: EntryAt): ReadonlyMap<FhirEntry, FhirEntry> {
  const owners = new Map<FhirEntry, FhirEntry>();
  const byRank = entries.filter(({ type }) => holders.has(type)).sort((one, other) => rankOf(one) - rankOf(other));
  for (const holder of byRank) {
    for (const target of targetsOf(holder, entryAt))
      if (target !== holder && !owners.has(target)) owners.set(target, holder);
  }
  return owners;
}

/** What an entry refers to within its message, by reference or as an attachment. */
export function targetsOf(entry: FhirEntry, entryAt: EntryAt): readonly FhirEntry[] {
  const { content, presentedForm } = entry.resource;
  const attachments = [content, presentedForm]
    .flatMap((each) => (Array.isArray(each) ? each : []))
    .filter(isJsonObject);
  const urls = attachments.map((each) => (isJsonObject(each.attachment) ? each.attachment.url : each.url));
  const texts = [...referencesIn(entry).map(({ text }) => text), ...urls.filter((url) => typeof url === "string")];
  return texts.flatMap((text) => entryAt(text, entry) ?? []);
}

function rankOf({ type }: FhirEntry): number {
  return type === "Observation" ? 1 : 0;
}

/** What is examined, or of what kind it is. */
function codeOf({ resource: { code, type } }: FhirEntry): string {
  const concept: Json | undefined = code ?? type;
  if (!isJsonObject(concept)) return "";
  const [coding] = Array.isArray(concept.coding) ? concept.coding.filter(isJsonObject) : [];
  return coding === undefined
    ? String(concept.text ?? "")
    : `${String(coding.system ?? "")}|${String(coding.code ?? "")}`;
}
