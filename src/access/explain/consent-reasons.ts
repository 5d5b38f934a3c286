import { ok } from "#kernel";
import type { DecidedBy } from "../consent/decision.ts";
import { patientsOfVersion } from "../narrow/patients.ts";
import type { VisibilityRule } from "../visibility/visibility.ts";

/** The rule with what it says of one document: which Consents keep it from somebody. */
export function explainingConsents(rule: VisibilityRule, decidedBy: DecidedBy): VisibilityRule {
  return {
    ...rule,
    why: async ({ actor }, version) => {
      const decided = await decidedBy({ actor, patients: patientsOfVersion(version), version });
      if (!decided.ok) return decided;
      return ok(
        decided.value.flatMap(({ consents }) =>
          consents.map((by) => ({ text: "The patient said no, here or there.", by })),
        ),
      );
    },
  };
}
