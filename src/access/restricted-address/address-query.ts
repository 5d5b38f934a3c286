import type { Clause, Create, Kind, Query, SortKey, SortValue } from "#record";
import { aboutPatientsWith } from "../visibility/about-patients.ts";
import { labelled, restrictedAddressLabel, unlabelled } from "../visibility/labels.ts";
import { addressedKinds, withheldElements } from "./withheld-elements.ts";

/** Parameters that say nothing of where somebody is. Whatever is not among them, and what a hospital adds, may. */
const openParameters: ReadonlySet<string> = new Set([
  ...["_id", "_language", "_lastUpdated", "_profile", "_security", "_source", "_tag"],
  ...["active", "birthdate", "death-date", "deceased", "family", "gender", "given", "identifier", "language", "link"],
  ...["name", "organization", "patient", "phonetic", "practitioner", "relatedperson", "relationship"],
]);

/**
 * The search as somebody makes it who is not shown restricted addresses: where it asks by one, on any level, or is sorted by
 * one, those whose address is restricted are not found; not by their absence either.
 */
export function addressQuery(query: Query): Query {
  const { kind, sort } = query;
  const keys = [sort, ...(sort.thenBy ?? [])];
  const isTold = asksByAddress(kind, query.all) || (addressedKinds.has(kind) && keys.some(({ by }) => isByAddress(by)));
  const all = query.all.map(guarded);
  return { ...query, all: isTold ? [...all, ...unmarked(kind)] : all, sort: guardedSort(sort) };
}

/** Whether documents of the kind are asked for by an address, themselves or at the other end of a chain. */
export function isAddressAsked(kind: Kind, all: readonly Clause[]): boolean {
  return asksByAddress(kind, all) || all.some((clause) => guarded(clause) !== clause);
}

/** The same of a condition on which something is created. */
export function isAddressCondition({ kind, ifNoneExist, ifNoneFound }: Create): boolean {
  const byKeys = addressedKinds.has(kind) && ifNoneExist?.keys.some((key) => !isOpen(key)) === true;
  return byKeys || (ifNoneFound !== undefined && isAddressAsked(kind, ifNoneFound.query.all));
}

function unmarked(kind: Kind): readonly Clause[] {
  const labels = [restrictedAddressLabel];
  const ofPatients: Clause = { is: "not", of: aboutPatientsWith(kind, [labelled("Patient", labels)]) };
  return kind === "Patient" ? [unlabelled(kind, labels)] : [unlabelled(kind, labels), ofPatients];
}

function asksByAddress(kind: Kind, all: readonly Clause[]): boolean {
  return addressedKinds.has(kind) && all.some(isOfAddress);
}

/** Of the document itself; what stands at the ends of its links is guarded there. */
function isOfAddress(clause: Clause): boolean {
  switch (clause.is) {
    case "key":
      return clause.any.some((key) => !isOpen(key));
    case "text":
    case "written":
    case "term":
    case "present":
      return !isOpen(clause.parameter);
    case "date":
      return !isOpen(clause.parameter) || !isOpen(clause.under ?? "_id");
    case "number":
      return clause.any.some(({ parameter }) => !isOpen(parameter)) || !isOpen(clause.under ?? "_id");
    case "concepts":
      return clause.under.some(({ parameter }) => !isOpen(parameter));
    case "refers":
    case "lineage":
      return clause.parameters.some((parameter) => !isOpen(parameter));
    case "words":
    case "near":
      return true;
    case "all":
    case "any":
      return clause.of.some(isOfAddress);
    case "not":
      return isOfAddress(clause.of);
    case "id":
    case "updated":
    case "referred":
    case "never":
      return false;
  }
}

/** `family:exact` and `identifier=a|b` are of `family` and `identifier`. */
function isOpen(text: string): boolean {
  return openParameters.has(/^[A-Za-z_-]*/.exec(text)?.[0] ?? "");
}

/** The same clause where nothing is asked by an address. */
function guarded(clause: Clause): Clause {
  switch (clause.is) {
    case "refers": {
      const all = guardedLevel(clause.to, clause.all, []);
      return all === clause.all ? clause : { ...clause, all };
    }
    case "referred": {
      const all = guardedLevel(clause.from, clause.all, clause.parameters);
      return all === clause.all ? clause : { ...clause, all };
    }
    case "all":
    case "any": {
      const of = clause.of.map(guarded);
      return of.some((part, at) => part !== clause.of[at]) ? { is: clause.is, of } : clause;
    }
    case "not": {
      const of = guarded(clause.of);
      return of === clause.of ? clause : { is: "not", of };
    }
    default:
      return clause;
  }
}

/** What others are, and by which of their own references they lead here. */
function guardedLevel(kind: Kind, all: readonly Clause[], by: readonly string[]): readonly Clause[] {
  const inner = all.map(guarded);
  const isByLink = addressedKinds.has(kind) && by.some((parameter) => !isOpen(parameter));
  if (isByLink || asksByAddress(kind, all)) return [...inner, ...unmarked(kind)];
  return inner.some((clause, at) => clause !== all[at]) ? inner : all;
}

function guardedSort(sort: Query["sort"]): Query["sort"] {
  if (sort.thenBy === undefined) return { ...sort, by: guardedValue(sort.by) };
  return {
    ...sort,
    by: guardedValue(sort.by),
    thenBy: sort.thenBy.map((key): SortKey => ({ ...key, by: guardedValue(key.by) })),
  };
}

function guardedValue(value: SortValue): SortValue {
  return value === "updated" ? value : guardedOwn(value);
}

type OwnValue = Exclude<SortValue, "updated">;

function guardedOwn(value: OwnValue): OwnValue {
  if (typeof value === "string") return value;
  if ("leastOf" in value) return { leastOf: value.leastOf.map(guardedOwn) };
  if (!("to" in value)) return value;
  const isTold = addressedKinds.has(value.to) && isByAddress(value.by);
  const all = isTold ? [...(value.all ?? []), ...unmarked(value.to)] : value.all;
  return { ...value, by: guardedOwn(value.by), ...(all === undefined ? {} : { all }) };
}

/** By a value of the document itself, or by which of its references it leads on. */
function isByAddress(value: SortValue): boolean {
  if (typeof value === "string") return false;
  if ("date" in value) return !isOpen(value.date);
  if ("text" in value) return !isOpen(value.text);
  if ("number" in value) return !isOpen(value.number);
  if ("key" in value) return !isOpen(value.key);
  if ("places" in value) return value.places.some(([first]) => withheldElements.some((name) => name === first?.name));
  if ("leastOf" in value) return value.leastOf.some(isByAddress);
  return value.parameters.some((parameter) => !isOpen(parameter));
}
