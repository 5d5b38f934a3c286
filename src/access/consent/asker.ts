import type { Coded } from "./rule.ts";

/** Who wants to see something, as far as a Consent can tell people apart. */
export interface Asker {
  /** Names of Corridor's roles. */
  readonly roles: readonly string[];
  /** All that stands for them: `User/1`, `Practitioner/1`, `Organization/1`, `CareTeam/1`. */
  readonly references: ReadonlySet<string>;
  /** A person or an application of which it is not known who they are outside Corridor. */
  readonly isUnlinked: boolean;
  /** Source: HL7 v3 PurposeOfUse. */
  readonly purpose: string;
  /** Source: FHIR R4 consentaction. */
  readonly actions: readonly ConsentAction[];
  /** Patients whose denials they have overridden for now, with a reason: `Patient/1`. */
  readonly overridden: readonly string[];
}

export type ConsentAction = "access" | "use" | "disclose";

/** Whether a criterion is met; `unclear` where it cannot be told. */
export type Met = "yes" | "no" | "unclear";

/** Names a role of Corridor in a Consent: the identifier of an actor's reference, or the coding of its role. */
export const roleSystem = "urn:corridor:role";

/** Names an account, a token or a link in a Consent. */
export const accountSystem = "urn:corridor:reference";

const actReason = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const consentAction = "http://terminology.hl7.org/CodeSystem/consentaction";

/** The purposes that stand above one. Source: HL7 v3 ActReason, PurposeOfUse. */
const above: Readonly<Record<string, string>> = {
  BTG: "ETREAT",
  ERTREAT: "ETREAT",
  ETREAT: "TREAT",
  CLINTRCH: "HRESCH",
  BIORCH: "HRESCH",
  HSYSADMIN: "HOPERAT",
  PATADMIN: "HOPERAT",
  HQUALIMP: "HOPERAT",
  RECORDMGT: "HOPERAT",
  SYSDEV: "HOPERAT",
  TRAIN: "HOPERAT",
};

/** A purpose and all that stand above it. */
export function purposesOf(purpose: string): readonly string[] {
  const wider = Object.hasOwn(above, purpose) ? above[purpose] : undefined;
  return wider === undefined ? [purpose] : [purpose, ...purposesOf(wider)];
}

/** A rule of a narrower purpose than the asker's may or may not be of what they do. */
export function purposeMet(purposes: readonly Coded[], asker: Pick<Asker, "purpose">): Met {
  if (purposes.length === 0) return "yes";
  const held = purposesOf(asker.purpose);
  const named = purposes.filter(({ system }) => system === undefined || system === actReason);
  if (named.some(({ code }) => code === "PurposeOfUse" || held.includes(code))) return "yes";
  const isNarrower = named.some(({ code }) => purposesOf(code).includes(asker.purpose));
  return isNarrower || named.length < purposes.length ? "unclear" : "no";
}

/** Collecting and correcting are no ways to see something. */
export function actionMet(actions: readonly Coded[], asker: Pick<Asker, "actions">): Met {
  if (actions.length === 0) return "yes";
  const named = actions.filter(({ system }) => system === undefined || system === consentAction);
  if (named.some(({ code }) => asker.actions.some((action) => action === code))) return "yes";
  return named.length < actions.length ? "unclear" : "no";
}
