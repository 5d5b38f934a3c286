import { failed, ok } from "#kernel";
import type { Clause, Kind } from "#record";
import { isAboutPatients } from "../consent/index-parameters.ts";
import { everything } from "../consent/part.ts";
import { partClause } from "../consent/part-clause.ts";
import type { VisibilityRule } from "../visibility/visibility.ts";
import type { ExcludedPatients } from "./excluded-patients.ts";
import { checkNeeded } from "./opt-out-check.ts";
import { isSecondaryPurpose } from "./secondary-purpose.ts";

/**
 * The national data opt-out, as a rule of visibility: whoever looks for research or planning sees nothing of patients who have
 * opted out, on any path, and nothing of any patient without a recent answer on who has.
 */
export function optOutRule(excluded: ExcludedPatients): VisibilityRule {
  let made: { readonly patients: readonly string[]; readonly clauses: Map<Kind, readonly Clause[]> } | undefined;
  return {
    name: "national data opt-out",
    clauses: async ({ actor, kind }) => {
      if (!isSecondaryPurpose(actor.purpose) || !isAboutPatients(kind)) return ok([]);
      const patients = await excluded.list();
      if (!patients.ok) return patients;
      if (patients.value.length === 0) return ok([]);
      // What names a Binary decides about it, which is only asked where there is a condition.
      if (kind === "Binary") return ok([{ is: "all", of: [] }]);
      if (made?.patients !== patients.value) made = { patients: patients.value, clauses: new Map() };
      const known = made.clauses.get(kind);
      const clauses = known ?? [{ is: "not", of: partClause(kind, patients.value, everything) }];
      made.clauses.set(kind, clauses);
      return ok(clauses);
    },
  };
}

/** Where nothing is known of opt-outs: nobody looks for research or planning. */
export const noOptOuts: VisibilityRule = {
  name: "national data opt-out",
  clauses: async ({ actor, kind }) =>
    isSecondaryPurpose(actor.purpose) && isAboutPatients(kind) ? failed(checkNeeded) : ok([]),
};
