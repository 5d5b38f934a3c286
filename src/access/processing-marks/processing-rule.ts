import { ok, type Result } from "#kernel";
import type { Clause, Kind, Version } from "#record";
import type { Actor } from "../actor.ts";
import { purposesOf } from "../consent/asker.ts";
import { isAboutPatients } from "../consent/index-parameters.ts";
import { everything } from "../consent/part.ts";
import { partClause } from "../consent/part-clause.ts";
import type { ExplanationReason } from "../explain/explain-api.ts";
import { patientsOfVersion } from "../narrow/patients.ts";
import { isSecondaryPurpose } from "../opt-out/secondary-purpose.ts";
import type { RoleName } from "../roles/index.ts";
import { aboutOf, aboutPatientsWith } from "../visibility/about-patients.ts";
import type { VisibilityQuestion, VisibilityRule } from "../visibility/visibility.ts";
import { type MarkedPatients, MarkedRecords, markClause } from "./marked-patients.ts";
import type { ProcessingMark } from "./processing-mark.ts";

/** Who keeps what care brings in, and who answers the person themselves. */
const keepers: readonly RoleName[] = ["information-governance", "pacs-administrator", "pathology-links-manager"];

/**
 * Restriction and objection, as a rule of visibility. A record whose processing is restricted is kept, and used for the care of
 * the patient and its administration; for nothing else is it found. One whose patient objects is used for neither research nor
 * planning. Links, workers and whoever answers for the record as a whole keep it. Source: UK GDPR articles 18(2) and 21.
 */
export function processingRule(): VisibilityRule {
  const marked = new MarkedRecords();
  return {
    name: "restriction and objection",
    clauses: async (question) => {
      const { actor, kind } = question;
      if (!isAboutPatients(kind)) return ok([]);
      const clauses: Clause[] = [];
      for (const mark of marksAgainst(actor)) {
        const patients = await marked.of(mark, question);
        if (!patients.ok) return patients;
        clauses.push(...clausesFor(kind, mark, patients.value));
      }
      return ok(clauses);
    },
    why: whyMarked,
    written: (operations) => marked.written(operations),
  };
}

/** The marks that keep records from the actor. */
function marksAgainst({ unrestricted, purpose, roles }: Actor): readonly ProcessingMark[] {
  if (unrestricted === true) return [];
  if (isSecondaryPurpose(purpose)) return ["restriction", "objection"];
  const isOfCare = purposesOf(purpose).some((each) => each === "TREAT" || each === "PATADMIN");
  return isOfCare || roles.some((role) => keepers.includes(role)) ? [] : ["restriction"];
}

function clausesFor(kind: Kind, mark: ProcessingMark, patients: MarkedPatients): readonly Clause[] {
  if (patients?.length === 0) return [];
  // What names a Binary decides about it, which is only asked where there is a condition.
  if (kind === "Binary") return [{ is: "all", of: [] }];
  if (patients !== undefined) return [{ is: "not", of: partClause(kind, patients, everything) }];
  const about = aboutOf("Flag");
  const parameters = typeof about === "string" ? [] : about;
  const hasMark: Clause = { is: "referred", from: "Flag", parameters, all: [markClause(mark)] };
  const of = aboutPatientsWith(kind, [hasMark]);
  return of.is === "never" ? [] : [{ is: "not", of }];
}

const words: Readonly<Record<ProcessingMark, string>> = {
  restriction: "Processing of the patient's record is restricted: it is kept, and used for care alone.",
  objection: "The patient objects to the use of their record for research and planning.",
};

async function whyMarked(
  question: VisibilityQuestion,
  document: Version,
): Promise<Result<readonly ExplanationReason[]>> {
  const patients = patientsOfVersion(document);
  const reasons: ExplanationReason[] = [];
  for (const mark of marksAgainst(question.actor)) {
    const any = patients.map((patient) => `subject=${patient}`);
    const held = patients.map((patient) => `patient=${patient}`);
    const found = await question.record.search({
      kind: "Flag",
      all: [{ is: "key", any: [...any, ...held] }, markClause(mark)],
      sort: { by: "updated", descending: true },
      limit: 1,
    });
    if (!found.ok) return found;
    for (const { id } of found.value.versions) reasons.push({ text: words[mark], by: `Flag/${id}` });
  }
  return ok(reasons);
}
