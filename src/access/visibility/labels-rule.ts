import { ok, type Result } from "#kernel";
import type { Clause, Kind } from "#record";
import type { Relationships } from "../relationships/relationships.ts";
import { aboutOf, aboutPatients, aboutPatientsWith } from "./about-patients.ts";
import { type Label, labelled, restrictedLabels, sealedLabels, unlabelled } from "./labels.ts";
import { isRelated } from "./relationship-rule.ts";
import type { VisibilityQuestion, VisibilityRule } from "./visibility.ts";
import { whyLabelled } from "./why-labelled.ts";

/**
 * What is sealed or restricted: by a label of the document, or by one of its patient for all that is about them. Who broke the
 * glass for a patient sees both; who is known to care for the patient, or holds `restricted.see`, sees what is restricted.
 */
export function labelsRule(relationships: Relationships): VisibilityRule {
  return {
    name: "sealed and restricted items",
    clauses: async (question) => {
      const { actor, kind } = question;
      if (actor.unrestricted === true || !isLabelled(kind)) return ok([]);
      return isRelated(question) ? relatedClauses(question, relationships) : otherClauses(question, relationships);
    },
    why: whyLabelled,
  };
}

function isLabelled(kind: Kind): boolean {
  const about = aboutOf(kind);
  return about === "anybody" || about === "patients" || typeof about !== "string";
}

/** Of somebody who sees the patients they care for, each of whom is known. */
async function relatedClauses(
  question: VisibilityQuestion,
  relationships: Relationships,
): Promise<Result<readonly Clause[]>> {
  const found = await relationships.of(question);
  if (!found.ok) return found;
  const { kind } = question;
  const isAsked = askedAbout(question);
  const { recorded, claimed, opened, sealed, restricted, further } = found.value;
  const openedIds = [...opened].filter(isAsked);
  const shut = [...sealed].filter((id) => !opened.has(id) && isAsked(id));
  const byWordAlone = [...claimed].filter((id) => !recorded.has(id) && !opened.has(id) && isAsked(id));
  const shutToWords = byWordAlone.filter((id) => restricted.has(id));
  return ok([
    unlessOpened(unlabelled(kind, sealedLabels), kind, openedIds),
    ...excluding(kind, [...shut, ...shutToWords]),
    ...(byWordAlone.length === 0
      ? []
      : [either(unlabelled(kind, restrictedLabels), { is: "not", of: aboutPatients(kind, byWordAlone) })]),
    ...(further === undefined ? [] : [notOfLabelled(kind, sealedLabels, openedIds)]),
  ]);
}

/** Of somebody whose work is on all patients. */
async function otherClauses(
  question: VisibilityQuestion,
  relationships: Relationships,
): Promise<Result<readonly Clause[]>> {
  const { actor, kind } = question;
  const own = actor.reference.startsWith("User/") ? await relationships.of(question) : undefined;
  if (own?.ok === false) return own;
  const isAsked = askedAbout(question);
  const opened = own === undefined ? [] : [...own.value.opened].filter(isAsked);
  const clauses: Clause[] = [];
  for (const [which, labels, permission] of kinds) {
    if (actor.permissions.has(permission)) continue;
    clauses.push(unlessOpened(unlabelled(kind, labels), kind, opened));
    const patients = await relationships.labelled(which, question);
    if (!patients.ok) return patients;
    if (patients.value === undefined) clauses.push(notOfLabelled(kind, labels, opened));
    else
      clauses.push(
        ...excluding(
          kind,
          patients.value.filter((id) => !opened.includes(id) && isAsked(id)),
        ),
      );
  }
  return ok(clauses);
}

/** Whether documents about the patient may be among those that are asked for. */
function askedAbout({ patients }: VisibilityQuestion): (id: string) => boolean {
  return (id) => patients === undefined || patients.includes(`Patient/${id}`);
}

const kinds = [
  ["sealed", sealedLabels, "sealed.see"],
  ["restricted", restrictedLabels, "restricted.see"],
] as const;

function unlessOpened(clause: Clause, kind: Kind, opened: readonly string[]): Clause {
  return opened.length === 0 ? clause : either(clause, aboutPatients(kind, opened));
}

function excluding(kind: Kind, ids: readonly string[]): readonly Clause[] {
  const about = aboutPatients(kind, ids);
  return about.is === "never" ? [] : [{ is: "not", of: about }];
}

/** Where too many patients have such a label to name them. */
function notOfLabelled(kind: Kind, labels: readonly Label[], opened: readonly string[]): Clause {
  const of = aboutPatientsWith(kind, [labelled("Patient", labels)]);
  return of.is === "never" ? { is: "all", of: [] } : unlessOpened({ is: "not", of }, kind, opened);
}

function either(...of: readonly Clause[]): Clause {
  const possible = of.filter(({ is }) => is !== "never");
  const [only] = possible;
  return possible.length > 1 ? { is: "any", of: possible } : (only ?? { is: "never" });
}
