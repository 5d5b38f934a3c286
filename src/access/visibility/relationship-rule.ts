import { ok, type Result } from "#kernel";
import type { Clause, Kind, Version } from "#record";
import type { ExplanationReason } from "../explain/explain-api.ts";
import { patientsOfVersion } from "../narrow/patients.ts";
import { reaches, reachesAll } from "../policies/reach.ts";
import type { Relations } from "../relationships/relations.ts";
import type { Relationships } from "../relationships/relationships.ts";
import { aboutNobody, aboutOf, aboutPatients, aboutPatientsWith } from "./about-patients.ts";
import type { VisibilityQuestion, VisibilityRule } from "./visibility.ts";

/** Who sees only the patients they care for: see `policies/reach.ts`. */
export function relationshipRule(relationships: Relationships): VisibilityRule {
  return {
    name: "legitimate relationship",
    clauses: async (question) => {
      if (!isRelated(question)) return ok([]);
      const about = aboutOf(question.kind);
      if (about === "nobody" || about === "targets") return ok([]);
      if (about === "anybody") return ok([{ is: "never" }]);
      const relations = await relationships.of(question);
      if (!relations.ok) return relations;
      const { patients } = question;
      if (patients?.every((patient) => isTheirs(relations.value, patient)) === true) return ok([]);
      return ok([ofTheirPatients(question.kind, relations.value)]);
    },
    why: (question, document) => whyRelated(question, document, relationships),
    written: (operations) => relationships.written(operations),
  };
}

async function whyRelated(
  question: VisibilityQuestion,
  document: Version,
  relationships: Relationships,
): Promise<Result<readonly ExplanationReason[]>> {
  if (aboutOf(question.kind) === "nobody") return ok([{ text: "Documents of this kind are not about patients." }]);
  if (!isRelated(question)) {
    const all = question.actor.roles.map((role) => reaches[role]).find((reach) => reach?.whose === "all");
    return ok([{ text: `Sees those of all patients. ${all?.why ?? ""}`.trim() }]);
  }
  const reasons: ExplanationReason[] = [];
  for (const patient of patientsOfVersion(document)) {
    const sources = await relationships.sources(question, patient.slice("Patient/".length));
    if (!sources.ok) return sources;
    reasons.push(...sources.value);
  }
  return ok(reasons.length > 0 ? reasons : [{ text: "Nothing says that they care for the patient." }]);
}

/** Whether the actor sees documents of the kind only of patients they care for. */
export function isRelated({ actor, kind, action }: Pick<VisibilityQuestion, "actor" | "kind" | "action">): boolean {
  return actor.unrestricted !== true && actor.roles.length > 0 && !reachesAll(actor.roles, kind, action);
}

/** `Patient/1`, by name. */
function isTheirs({ recorded, claimed, opened }: Relations, patient: string): boolean {
  const id = patient.slice("Patient/".length);
  return recorded.has(id) || claimed.has(id) || opened.has(id);
}

/** As long as the relations are held, their lists are the same, and what was made of them is not made again. */
const made = new WeakMap<Relations, Map<Kind, Clause>>();

function ofTheirPatients(kind: Kind, relations: Relations): Clause {
  const known = made.get(relations) ?? new Map<Kind, Clause>();
  made.set(relations, known);
  const clause = known.get(kind) ?? clauseOf(kind, relations);
  known.set(kind, clause);
  return clause;
}

function clauseOf(kind: Kind, { recorded, claimed, opened, further }: Relations): Clause {
  const ids = [...new Set([...recorded, ...claimed, ...opened])];
  const of = [
    aboutPatients(kind, ids),
    ...(further === undefined ? [] : [aboutPatientsWith(kind, [further])]),
    aboutNobody(kind),
  ].filter(({ is }) => is !== "never");
  const [only] = of;
  return of.length > 1 ? { is: "any", of } : (only ?? { is: "never" });
}
