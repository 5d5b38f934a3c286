import { ok, type Result } from "#kernel";
import type { Version } from "#record";
import type { View } from "./view.ts";
import { type Deed, note } from "./witness.ts";

/**
 * Notes which Consents kept something from the actor, as a decision of its own beside the read or search that it was about.
 * Durable when it resolves, as every entry. Source: IHE BALP 1.1.4 (authorization decision by consent).
 */
export async function noteDecisions(
  view: View,
  asked: Deed,
  about: { readonly patients: readonly string[]; readonly version?: Version },
): Promise<Result<unknown>> {
  const decided = await view.decidedBy?.({ actor: view.actor, ...about });
  if (decided?.ok === false) return decided;
  for (const { patient, consents, isRefusal } of decided?.value ?? []) {
    const noted = await note(
      view,
      { ...asked, act: "consent-decision", patients: [patient], entities: [...consents, ...(asked.entities ?? [])] },
      isRefusal ? { outcome: 4, problem: "consent-denied" } : { outcome: 0 },
    );
    if (!noted.ok) return noted;
  }
  return ok(undefined);
}
