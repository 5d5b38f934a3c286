import { ok, type Result } from "#kernel";
import type { Version } from "#record";
import { patientsOfVersion } from "./patients.ts";
import type { View } from "./view.ts";
import { type Deed, note } from "./witness.ts";

/**
 * Notes which Consents kept something from the actor, as a decision of its own beside the read or search that it was about.
 * Durable when it resolves, as every entry. Source: IHE BALP 1.1.4 (authorization decision by consent).
 */
export async function noteDecisions(
  view: View,
  asked: Deed,
  about: { readonly patients: readonly string[]; readonly version?: Version; readonly isShown?: true },
): Promise<Result<unknown>> {
  const decided = await view.decidedBy?.({ actor: view.actor, ...about });
  if (decided?.ok === false) return decided;
  for (const { patient, consents, isRefusal, isOverridden } of decided?.value ?? []) {
    const noted = await note(
      view,
      { ...asked, act: "consent-decision", patients: [patient], entities: [...consents, ...(asked.entities ?? [])] },
      isRefusal
        ? { outcome: 4, problem: "consent-denied" }
        : { outcome: 0, ...(isOverridden ? { problem: "consent-overridden" } : {}) },
    );
    if (!noted.ok) return noted;
  }
  return ok(undefined);
}

/** Notes which Consents would have kept from the actor what they were shown, had they not broken the glass. */
export async function noteOverrides(view: View, asked: Deed, shown: readonly Version[]): Promise<Result<unknown>> {
  if (view.opened === undefined || shown.length === 0) return ok(undefined);
  const opened = await view.opened(view.actor);
  if (opened.size === 0) return ok(undefined);
  const told = new Set(asked.act === "search" ? asked.patients : []);
  for (const version of shown) {
    const patients = patientsOfVersion(version).filter((patient) => opened.has(patient) && !told.has(patient));
    const noted = await noteDecisions(view, asked, { patients, version, isShown: true });
    if (!noted.ok) return noted;
    for (const patient of patients) told.add(patient);
  }
  return ok(undefined);
}
