import { ok, type Result } from "#kernel";
import { indexEntriesOf, type Version } from "#record";
import type { Actor } from "../actor.ts";
import { askerOf, isHeededBy, type LinksOf } from "./consent-rule.ts";
import type { Consents } from "./consents.ts";
import { isInPart } from "./is-in-part.ts";

/** What patients' Consents decided about something that an actor asked for. */
export interface ConsentDecision {
  /** `Patient/1` */
  readonly patient: string;
  /** `Consent/1` */
  readonly consents: readonly string[];
  /** Nothing at all was open; else a part was. */
  readonly isRefusal: boolean;
  /** What they deny was opened by a glass that the actor broke. */
  readonly isOverridden?: true;
}

export interface DecisionAsked {
  readonly actor: Actor;
  readonly patients: readonly string[];
  /** The document that was not shown, where it was one; or that was, with `isShown`. */
  readonly version?: Version;
  readonly isShown?: true;
}

/** Tells for the log which Consents had a say. Problems: it is not known what patients said. */
export type DecidedBy = (asked: DecisionAsked) => Promise<Result<readonly ConsentDecision[]>>;

export function consentDecisions(consents: Consents, linksOf: LinksOf): DecidedBy {
  return async ({ actor, patients, version, isShown }) => {
    if (patients.length === 0 || !isHeededBy(actor)) return ok([]);
    const asker = askerOf(actor, await linksOf(actor));
    const decisions: ConsentDecision[] = [];
    for (const patient of patients) {
      const isOverridden = asker.overridden.includes(patient);
      const denial = await consents.denial(patient, isOverridden ? { ...asker, overridden: [] } : asker);
      if (!denial.ok) return denial;
      const isSilent = version !== undefined && isOverridden !== (isShown === true);
      if (denial.value === undefined || isSilent) continue;
      const { part, consents: deciding } = denial.value;
      // What a named document refers to is not looked up again only to be told: then the Consents are named all the same.
      const isOfIt =
        version === undefined || version.body === "" || isInPart(foundOf(version), part, () => [], consents.codes);
      if (!isOfIt) continue;
      const isRefusal = !isOverridden && (version !== undefined || part.is === "everything");
      decisions.push({ patient, consents: deciding, isRefusal, ...(isOverridden ? { isOverridden } : {}) });
    }
    return ok(decisions);
  };
}

function foundOf({ kind, id, body }: Version) {
  return { kind, id, entries: indexEntriesOf(kind, JSON.parse(body)) };
}
