import { ok } from "#kernel";
import type { VisibilityRule } from "./visibility.ts";

/** What the scopes of a token limit besides kinds and actions: `patient/Observation.rs?category=laboratory`. */
export const scopeConstraints: VisibilityRule = {
  name: "scopes of the token",
  clauses: async ({ actor, kind, action }) => {
    const constraint = actor.constraints?.get(kind)?.[action];
    return ok(constraint === undefined ? [] : [constraint]);
  },
};
