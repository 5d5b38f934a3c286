import { ok, type Result } from "#kernel";
import { type Criterion, parseSearchQuery } from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import { anyClause, type Reading, refused } from "./criterion-clause.ts";

const confirmed = "verification-status:not=refuted,entered-in-error";

/**
 * The lists that are worked out, by the types that may be on them: each is a search. Source: FHIR R4 §2.1.3.7 (current
 * resource lists), which leaves to the server what is current.
 */
const currentLists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "$current-problems": { Condition: `clinical-status=active,recurrence,relapse&${confirmed}` },
  "$current-medications": {
    MedicationRequest: "status=active,on-hold&intent=order,original-order,instance-order,reflex-order,filler-order",
    MedicationStatement: "status=active,on-hold",
  },
  "$current-allergies": { AllergyIntolerance: `clinical-status=active&${confirmed}` },
  "$current-drug-allergies": { AllergyIntolerance: `clinical-status=active&category=medication&${confirmed}` },
};

/** Members of a List that is kept here, or of one that is worked out. Source: FHIR R4 §3.1.1.5.2 (_list). */
export function listClause({ any }: Criterion & { readonly kind: "special" }, reading: Reading): Result<Clause> {
  const current = any.filter((name) => name.startsWith("$"));
  const ids = any.filter((name) => !name.startsWith("$"));
  if (!ids.every((id) => /^[A-Za-z0-9\-.]{1,64}$/.test(id))) return refused(reading, "_list takes ids of Lists.");
  const kept: Clause = { is: "referred", parameters: ["item"], from: "List", all: [{ is: "id", any: ids }] };
  const clauses: Clause[] = ids.length === 0 ? [] : [kept];
  for (const name of current) {
    const clause = currentClause(name, reading);
    if (!clause.ok) return clause;
    clauses.push(clause.value);
  }
  return ok(anyClause(clauses));
}

function currentClause(name: string, reading: Reading): Result<Clause> {
  const { type } = reading.settings;
  const list = currentLists[name];
  if (list === undefined)
    return refused(reading, `The lists that are worked out are ${Object.keys(currentLists).join(", ")}.`);
  const search = list[type];
  if (search === undefined) return refused(reading, `On ${name} stand ${Object.keys(list).join(" and ")}.`);
  const of: Clause[] = [];
  for (const criterion of parseSearchQuery(type, new URLSearchParams(search)).criteria) {
    const clause = reading.inner(criterion, reading.settings);
    if (!clause.ok) return clause;
    of.push(clause.value);
  }
  return ok({ is: "all", of });
}
