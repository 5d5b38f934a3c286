import { instant, limits, toIso } from "#kernel";
import type { Create, Outcome } from "#record";
import { bodyOf } from "../identity/document-schema.ts";
import type { Relationship } from "../relationships/relationship.ts";
import { isRelated } from "../visibility/relationship-rule.ts";
import type { View } from "./view.ts";

/** Who registers a patient sees them, for a time, before the hospital has said who cares for the patient. */
export function registrationsOf({ actor, clock }: View, outcomes: readonly Outcome[]): readonly Create[] {
  if (!isRelated({ actor, kind: "Patient", action: "read" })) return [];
  const made = outcomes.filter(({ effect, version }) => effect === "created" && version.kind === "Patient");
  const now = clock.now();
  return made.map(({ version }): Create => {
    const body: Relationship = {
      basis: "registered",
      actor: actor.reference,
      actorName: actor.display,
      patient: `Patient/${version.id}`,
      reason: { code: "registered", text: "" },
      from: toIso(now),
      until: toIso(instant(now + limits.registrationMs)),
    };
    return { action: "create", kind: "Relationship", body: bodyOf(body) };
  });
}
