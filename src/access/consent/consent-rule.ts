import { ok } from "#kernel";
import type { Actor } from "../actor.ts";
import type { VisibilityRule } from "../visibility/visibility.ts";
import { type Asker, purposesOf } from "./asker.ts";
import type { Consents } from "./consents.ts";
import { isAboutPatients } from "./index-parameters.ts";

/** Who an actor is outside Corridor, and which patients' denials they have overridden for now. */
export interface ActorLinks {
  /** `Practitioner/1`, `Organization/1`, `CareTeam/1`; undefined: it is not known who they are. */
  readonly references?: readonly string[];
  /** `Patient/1` */
  readonly overridden?: readonly string[];
}

export type LinksOf = (actor: Actor) => Promise<ActorLinks>;

/**
 * What patients said about who may see their record, as a rule of visibility. Links and workers take in and keep what others
 * are shown, and show it to nobody, so it is no rule for them. Consents themselves are shown to whoever their policy lets
 * see them: otherwise nobody could tell what was said, or take it back.
 */
export function consentRule(consents: Consents, linksOf: LinksOf): VisibilityRule {
  return {
    name: "what the patient said",
    clauses: async ({ actor, kind, patients }) => {
      if (!isHeededBy(actor) || alwaysOpen.includes(kind) || !isAboutPatients(kind)) return ok([]);
      const asker = askerOf(actor, await linksOf(actor));
      if (kind !== "Binary") return consents.clauses(kind, asker, patients);
      // What names a Binary decides about it, which is only asked where there is a condition.
      const denies = await consents.deniesAnything(asker);
      return denies.ok ? ok(denies.value ? [{ is: "all", of: [] }] : []) : denies;
    },
  };
}

/** Takes in and keeps, or answers for the record as a whole. */
export function isHeededBy(actor: Actor): boolean {
  return !isMachine(actor) && actor.answersForRecord !== true;
}

/** What was said, and who looked: whoever answers for these must be able to. */
const alwaysOpen: readonly string[] = ["Consent", "AuditEvent"];

function isMachine({ reference }: Pick<Actor, "reference">): boolean {
  return reference.startsWith("Link/") || reference.startsWith("Worker/");
}

/**
 * A person at Corridor's own pages sees and uses; whatever else leaves Corridor and is disclosed: to an application, to a system,
 * to a subscriber, into a file. A glass that was broken opens what the patient closed for treatment alone.
 */
export function askerOf(actor: Actor, { references, overridden = [] }: ActorLinks): Asker {
  return {
    roles: actor.roles,
    references: new Set([actor.reference, ...(actor.knownAs ?? []), ...(references ?? [])]),
    isUnlinked: references === undefined,
    purpose: actor.purpose,
    actions: actor.via === "session" ? ["access", "use"] : ["access", "use", "disclose"],
    overridden: purposesOf(actor.purpose).includes("TREAT") ? overridden : [],
  };
}
