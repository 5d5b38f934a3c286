import { limits, type Result } from "#kernel";
import { type AuditEntry, type Key, keyText, type Operation, type Outcome, type Version } from "#record";
import { patientsOfBody, patientsOfVersion } from "./patients.ts";
import type { View } from "./view.ts";
import { type Deed, endOf, entryOf, note, versionText } from "./witness.ts";

export interface Written {
  readonly operations: readonly Operation[];
  readonly outcomes: readonly Outcome[];
  /** What was deleted, as it was before: a deletion says nothing of whom it concerned. */
  readonly before: ReadonlyMap<string, Version>;
  /** Patients for whom the writer has broken the glass. */
  readonly opened: ReadonlySet<string> | undefined;
}

type WriteAct = "create" | "update" | "delete" | "read";

/** One act for all that was created, one for all that was updated, and so on: that is how it was done. */
export function actsOf(view: View, { operations, outcomes, before, opened }: Written): readonly AuditEntry[] {
  const acts = new Map<WriteAct, { entities: string[]; patients: Set<string> }>();
  outcomes.forEach(({ effect, version }, index) => {
    const operation = operations[index] as Operation;
    const act = actOf(operation, effect);
    const group = acts.get(act) ?? { entities: [], patients: new Set() };
    acts.set(act, group);
    group.entities.push(versionText(version));
    for (const patient of concernedBy(operation, { effect, version }, before)) group.patients.add(patient);
  });
  return [...acts].flatMap(([act, { entities, patients }]) =>
    entriesFor(view, { act, entities, patients: [...patients] }, opened),
  );
}

/** From the body that was written, where there is one: its text would have to be searched. */
function concernedBy(operation: Operation, { effect, version }: Outcome, before: Written["before"]): readonly string[] {
  if (operation.action === "delete") {
    const deleted = before.get(keyText(version));
    return deleted === undefined ? [] : patientsOfVersion(deleted);
  }
  const { kind } = operation;
  return effect === "none" || kind === "Patient" ? patientsOfVersion(version) : patientsOfBody(kind, operation.body);
}

/** A create whose condition matched wrote nothing, and showed its writer what was there. */
function actOf(operation: Operation, effect: Outcome["effect"]): WriteAct {
  if (effect === "none") return operation.action === "create" ? "read" : operation.action;
  return effect === "created" ? "create" : operation.action;
}

/** A large transaction becomes several entries, so that none grows without bound. */
function entriesFor(view: View, deed: Deed, opened: Written["opened"]): readonly AuditEntry[] {
  const entities = deed.entities ?? [];
  const entries: AuditEntry[] = [];
  for (let start = 0; start === 0 || start < entities.length; start += limits.auditEntitiesMax) {
    const part = { ...deed, entities: entities.slice(start, start + limits.auditEntitiesMax) };
    entries.push(entryOf(view, part, { outcome: 0 }, opened));
  }
  return entries;
}

export async function witnessFailure<T>(
  view: View,
  operations: readonly Operation[],
  result: Result<T>,
): Promise<Result<never>> {
  const named = operations.slice(0, limits.auditEntitiesMax);
  const deed: Deed = {
    act: operations[0]?.action ?? "create",
    entities: [
      ...new Set(named.map((operation) => (operation.id === undefined ? operation.kind : keyText(operation as Key)))),
    ],
    patients: [...new Set(named.flatMap((operation) => concernedByAttempt(operation)))],
  };
  const noted = await note(view, deed, endOf(result));
  return noted.ok ? (result as Result<never>) : noted;
}

function concernedByAttempt(operation: Operation): readonly string[] {
  if (operation.kind === "Patient") return operation.id === undefined ? [] : [`Patient/${operation.id}`];
  return operation.action === "delete" ? [] : patientsOfBody(operation.kind, operation.body);
}
