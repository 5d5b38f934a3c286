import { ok, type Result } from "#kernel";
import { type Key, keyText, type Operation, type Sighting, type Transaction, type Version } from "#record";
import { patientsNamed } from "../visibility/about-patients.ts";
import type { View } from "./view.ts";

/** What there is in the record of what somebody writes, and of the patients it is about. */
export interface Standing {
  /** By `keyText`; what is not there, or is deleted, is not among it. */
  readonly versions: ReadonlyMap<string, Version>;
  /** So that the commit need not read them again. */
  readonly seen?: Sighting;
}

/** All that a write is judged on and told of by, in one look. */
export async function standingOf(
  view: View,
  { operations, seen }: Pick<Transaction, "operations" | "seen">,
): Promise<Result<Standing>> {
  const patients = await patientsToJudge(view, operations);
  if (!patients.ok) return patients;
  const keys = new Map([...written(view, operations), ...patients.value].map((key) => [keyText(key), key]));
  const [first] = keys.values();
  if (first === undefined) return ok({ versions: new Map(), ...(seen && { seen }) });
  if (seen !== undefined) {
    const standing = await view.record.readMany([...keys.values()]);
    return standing.ok ? ok({ versions: byName(standing.value), seen }) : standing;
  }
  const sight = await view.record.look({ keys: [...keys.values()], carriers: { kind: first.kind, keys: [] } });
  return sight.ok ? ok({ versions: byName(sight.value.versions), seen: sight.value.seen }) : sight;
}

function byName(versions: readonly Version[]): ReadonlyMap<string, Version> {
  return new Map(versions.map((version) => [keyText(version), version]));
}

/** A deletion says nothing of whom it concerned, so what is deleted is looked at by everybody. */
function written({ actor }: View, operations: readonly Operation[]): readonly Key[] {
  return operations.flatMap(({ action, kind, id }): readonly Key[] =>
    id === undefined || (actor.unrestricted === true && action !== "delete") ? [] : [{ kind, id }],
  );
}

/** Nobody needs to know more of them who sees every patient. */
async function patientsToJudge(
  { visibility }: View,
  operations: readonly Operation[],
): Promise<Result<readonly Key[]>> {
  const conditions = await visibility.of("Patient", "read");
  if (!conditions.ok) return conditions;
  if (conditions.value.length === 0) return ok([]);
  return ok(
    operations.flatMap((operation): readonly Key[] =>
      operation.action === "delete"
        ? []
        : patientsNamed(operation.kind, operation.body).map((id) => ({ kind: "Patient", id })),
    ),
  );
}
