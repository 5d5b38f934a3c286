/** Every actor, every document, every path: what is told, beside what should be. */
import { type Actor, linkActor, may, parseScope, personActor, type RoleName } from "#access";
import { expectOk, limits } from "#kernel";
import { freshAccess } from "../access.ts";
import { type FhirDoor, fhirDoor } from "../doors/fhir.ts";
import { type Basis, carers, hospitalOperations, type Item, items, userOf } from "./hospital.ts";

export interface Watcher {
  readonly name: string;
  readonly actor: Actor;
  readonly basis: Basis;
}

const laboratory = {
  is: "key",
  any: ["category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory"],
} as const;

const onlyLaboratory: NonNullable<Actor["constraints"]> = new Map([
  ["Observation", { read: laboratory, search: laboratory, history: laboratory }],
]);

function person(user: string, ...roles: readonly RoleName[]): Actor {
  return personActor({ reference: `User/${user}`, display: user, roles });
}

const token: Actor = {
  ...person("none"),
  reference: "ApiToken/1",
  via: "token",
  permissions: expectOk(parseScope("system/*.cruds")),
};

export const watchers: readonly Watcher[] = [
  ...carers.map((basis): Watcher => ({ name: `a doctor by ${basis}`, actor: person(userOf(basis), "doctor"), basis })),
  { name: "a nurse by ward", actor: person("ward", "nurse"), basis: "ward" },
  {
    name: "an application of a doctor, laboratory only",
    actor: { ...person("stay", "doctor"), constraints: onlyLaboratory },
    basis: "stay",
  },
  { name: "a coder", actor: person("coder", "clinical-coding-and-auditing"), basis: "nothing" },
  { name: "a links manager", actor: person("links", "pathology-links-manager"), basis: "nothing" },
  { name: "a clerk", actor: person("clerk", "administrative-assistant"), basis: "nothing" },
  { name: "a librarian", actor: person("librarian", "librarian"), basis: "nothing" },
  { name: "a doctor who codes", actor: person("stay", "doctor", "clinical-coding-and-auditing"), basis: "stay" },
  { name: "a link", actor: linkActor("lab"), basis: "nothing" },
  { name: "a token", actor: token, basis: "nothing" },
  { name: "a token, laboratory only", actor: { ...token, constraints: onlyLaboratory }, basis: "nothing" },
];

/** Written anew from what is promised, and not from the rules. */
export function shouldSee({ actor, basis }: Watcher, item: Item): boolean {
  if (!may(actor, item.kind, "read")) return false;
  if (actor.constraints?.has(item.kind) && !item.isLaboratory) return false;
  if (actor.reference.startsWith("Link/")) return true;
  const isSealed = item.label === "sealed" || item.patient.label === "sealed";
  const isRestricted = item.label === "restricted" || item.patient.label === "restricted";
  const isClinicianOnly = actor.roles.length > 0 && actor.roles.every((role) => role === "doctor" || role === "nurse");
  if (isClinicianOnly && (!item.patient.isNear || basis === "nothing")) return false;
  if (basis === "glass") return true;
  if (isSealed) return false;
  if (!isRestricted) return true;
  return isClinicianOnly ? basis !== "own word" : actor.permissions.has("restricted.see");
}

/** A path by which something may be told: what is asked, and whether it is a question that this path answers. */
export interface Path {
  readonly name: string;
  readonly line: (item: Item) => string;
  readonly isFor?: (item: Item) => boolean;
  readonly body?: (item: Item) => object;
}

const isNoPatient = ({ kind }: Item) => kind !== "Patient";
const page = `_count=${limits.pageSizeMax}`;

export const paths: readonly Path[] = [
  { name: "read", line: ({ kind, id }) => `GET /${kind}/${id}` },
  { name: "version", line: ({ kind, id }) => `GET /${kind}/${id}/_history/1` },
  { name: "history", line: ({ kind, id }) => `GET /${kind}/${id}/_history` },
  { name: "history of the type", line: ({ kind }) => `GET /${kind}/_history?${page}` },
  { name: "history of everything", line: () => `GET /_history?${page}` },
  { name: "search", line: ({ kind }) => `GET /${kind}?${page}` },
  { name: "search by id", line: ({ kind, id }) => `GET /${kind}?_id=${id}` },
  {
    name: "search by patient",
    line: ({ kind, patient }) => `GET /${kind}?patient=Patient/${patient.id}&${page}`,
    isFor: isNoPatient,
  },
  {
    name: "chain",
    line: ({ kind, patient }) => `GET /${kind}?patient.family=family-${patient.id}&${page}`,
    isFor: isNoPatient,
  },
  { name: "sorted", line: ({ kind }) => `GET /${kind}?_sort=-_id&${page}` },
  { name: "everything", line: ({ patient }) => `GET /Patient/${patient.id}/$everything?${page}` },
  {
    name: "reverse include",
    line: ({ kind, patient }) => `GET /Patient?_id=${patient.id}&_revinclude=${kind}:patient`,
    isFor: isNoPatient,
  },
  {
    name: "batch",
    line: () => "POST /",
    body: ({ kind, id }) => ({
      resourceType: "Bundle",
      type: "batch",
      entry: [{ request: { method: "GET", url: `${kind}/${id}` } }],
    }),
  },
];

/** Paths that must tell whatever may be seen; by the others it depends on what else they pass. */
const needPatient: ReadonlySet<string> = new Set(["chain", "everything", "reverse include"]);

export interface Case {
  readonly watcher: Watcher;
  readonly path: Path;
  readonly item: Item;
}

export function allCases(): readonly Case[] {
  return watchers.flatMap((watcher) =>
    paths.flatMap((path) =>
      items.filter((item) => path.isFor?.(item) ?? true).map((item) => ({ watcher, path, item })),
    ),
  );
}

export interface Verdicts {
  readonly cases: number;
  readonly leaks: readonly string[];
  readonly refusals: readonly string[];
}

export async function runMatrix(cases: readonly Case[]): Promise<Verdicts> {
  const { access, record } = await freshAccess();
  expectOk(await record.transact({ operations: hospitalOperations() }));
  const doors = new Map<Watcher, FhirDoor>();
  const replies = new Map<string, string>();
  const [leaks, refusals]: [string[], string[]] = [[], []];
  for (const { watcher, path, item } of cases) {
    const door = doors.get(watcher) ?? fhirDoor(access.contextOf(watcher.actor));
    doors.set(watcher, door);
    const line = path.line(item);
    const asked = `${watcher.name}: ${line}${path.body === undefined ? "" : ` ${item.id}`}`;
    const text = replies.get(asked) ?? (await textOf(door, line, path.body?.(item)));
    replies.set(asked, text);
    const isTold = text.includes(`"resourceType":"${item.kind}","id":"${item.id}"`);
    const should = shouldSee(watcher, item) && isOnPath(watcher, path, item);
    if (isTold && !should) leaks.push(`${asked} tells of ${item.kind}/${item.id}`);
    if (!isTold && should) refusals.push(`${asked} does not tell of ${item.kind}/${item.id}`);
  }
  return { cases: cases.length, leaks, refusals };
}

/** Those paths lead through the patient, who must be seen too. */
function isOnPath(watcher: Watcher, { name }: Path, { patient, kind }: Item): boolean {
  if (!needPatient.has(name)) return true;
  const itself = items.find((item) => item.kind === "Patient" && item.patient === patient);
  return kind === "Patient" || (itself !== undefined && shouldSee(watcher, itself));
}

async function textOf(door: FhirDoor, line: string, body: object | undefined): Promise<string> {
  const { text } = await door.send(line, { headers: { accept: "application/fhir+json" }, ...(body && { body }) });
  return text;
}
