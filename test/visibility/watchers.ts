/** Who looks, in the matrix of who sees what; and what they should see, written anew and not taken from the rules. */
import { type Actor, linkActor, may, parseScope, personActor, type RoleName } from "#access";
import { expectOk } from "#kernel";
import { type Basis, carers, type Item, others, userOf } from "./hospital.ts";

export interface Watcher {
  readonly name: string;
  readonly actor: Actor;
  readonly basis: Basis;
  /** The record has an account that holds these roles, so that something can be sent on their behalf. */
  readonly hasAccount: boolean;
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

function withMessages(scopes: string): Actor {
  return { ...token, permissions: expectOk(parseScope(`${scopes} corridor/messages.read`)) };
}

const byThemselves = { basis: "nothing", hasAccount: false } as const;

export const watchers: readonly Watcher[] = [
  ...carers.map(
    (basis): Watcher => ({
      name: `a doctor by ${basis}`,
      actor: person(userOf(basis), "doctor"),
      basis,
      hasAccount: true,
    }),
  ),
  { name: "a nurse by ward", actor: person("ward", "nurse"), basis: "ward", hasAccount: false },
  {
    name: "an application of a doctor, laboratory only",
    actor: { ...person("stay", "doctor"), constraints: onlyLaboratory },
    basis: "stay",
    hasAccount: false,
  },
  ...Object.entries(others).map(
    ([user, role]): Watcher => ({
      name: `one by the role ${role}`,
      actor: person(user, role),
      basis: "nothing",
      hasAccount: true,
    }),
  ),
  {
    name: "a doctor who codes",
    actor: person("stay", "doctor", "clinical-coding-and-auditing"),
    basis: "stay",
    hasAccount: false,
  },
  { name: "a link", actor: linkActor("lab"), ...byThemselves },
  { name: "a token", actor: token, ...byThemselves },
  {
    name: "a links manager who cares for patients and broke the glass",
    actor: person("glass", "doctor", "pathology-links-manager"),
    basis: "glass",
    hasAccount: false,
  },
  { name: "a token with messages", actor: withMessages("system/*.cruds"), ...byThemselves },
  { name: "a token with messages alone", actor: withMessages(""), ...byThemselves },
  { name: "a token, laboratory only", actor: { ...token, constraints: onlyLaboratory }, ...byThemselves },
];

export function shouldSee(watcher: Watcher, item: Item): boolean {
  return may(watcher.actor, item.kind, "read") && isOpenTo(watcher, item);
}

/** Whoever may read messages is told what they say, but for what is closed to them. */
export function shouldSeeWords(watcher: Watcher, wrote: Item): boolean {
  const roles = watcher.actor.roles.filter((role) => role === "pathology-links-manager");
  return wrote.kind === "Patient" || isOpenTo({ ...watcher, actor: { ...watcher.actor, roles } }, wrote);
}

/** By relationship, label and consent. */
function isOpenTo({ actor, basis }: Watcher, item: Item): boolean {
  if (actor.constraints?.has(item.kind) && !item.isLaboratory) return false;
  if (actor.reference.startsWith("Link/")) return true;
  const { isNear } = item.patient;
  const hasOpened = basis === "glass" && isNear;
  if (item.kind === "Condition" && item.patient.hasSaid && !hasOpened) return false;
  const isSealed = item.label === "sealed" || item.patient.label === "sealed";
  const isRestricted = item.label === "restricted" || item.patient.label === "restricted";
  const roles = actor.roles.filter((role) => may(person("any", role), item.kind, "read"));
  const isClinicianOnly = roles.length > 0 && roles.every((role) => role === "doctor" || role === "nurse");
  if (isClinicianOnly && (!isNear || basis === "nothing")) return false;
  if (hasOpened) return true;
  if (isSealed) return false;
  if (!isRestricted) return true;
  return isClinicianOnly ? basis !== "own word" : actor.permissions.has("restricted.see");
}
