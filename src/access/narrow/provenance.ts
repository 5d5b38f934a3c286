import { corridorReferences } from "#audit";
import { type JsonObject, toIso } from "#kernel";
import type { Create, Operation, Outcome } from "#record";
import { isFhirKind } from "../policies/index.ts";
import type { View } from "./view.ts";
import { versionText } from "./witness.ts";

/**
 * Who wrote these versions, as one Provenance; none where the writer brings their own, or nothing was written that
 * needs one. Invariant 6: every stored resource names the message or the person it came from.
 */
export function provenanceOf(
  view: View,
  operations: readonly Operation[],
  outcomes: readonly Outcome[],
): readonly Create[] {
  if (operations.some((operation) => operation.kind === "Provenance")) return [];
  const written = outcomes.filter(({ effect, version }) => effect !== "none" && isFhirKind(version.kind));
  return written.length === 0 ? [] : [{ action: "create", kind: "Provenance", body: bodyOf(view, written) }];
}

function bodyOf({ actor, clock }: View, written: readonly Outcome[]): JsonObject {
  return {
    resourceType: "Provenance",
    target: written.map(({ version }) => ({ reference: versionText(version) })),
    recorded: toIso(clock.now()),
    activity: activityOf(written),
    agent: [
      {
        type: {
          coding: [
            {
              system: "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
              code: actor.via === "session" ? "author" : "assembler",
            },
          ],
        },
        who: { identifier: { system: corridorReferences, value: actor.reference }, display: actor.display },
      },
    ],
  };
}

/** Source: HL7 v3 DataOperation; `OPERATE` stands above the three. */
function activityOf(written: readonly Outcome[]): JsonObject {
  const effects = new Set(written.map((outcome) => outcome.effect));
  const [effect] = effects;
  const code = effects.size > 1 || effect === undefined || effect === "none" ? "OPERATE" : activityCodes[effect];
  return { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-DataOperation", code }] };
}

const activityCodes = { created: "CREATE", updated: "UPDATE", deleted: "DELETE" } as const;
