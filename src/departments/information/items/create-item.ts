import type { Context } from "#access";
import { failed, incorrect, limits, ok, type Problem, type Result, toIso } from "#kernel";
import type { ListDefinition } from "../lists/list-definition.ts";
import { listNamed } from "../lists/lists.ts";
import { type GovernanceItem, itemKind } from "./item.ts";
import { withDue } from "./item-clocks.ts";
import type { NewItem } from "./item-order.ts";
import { clockNeeds, type KnownItem, said } from "./item-store.ts";
import { nextReference } from "./reference-counter.ts";

/**
 * Begins an item under the next number of its list. Problems: incorrect `list-unknown`, `field-missing`, `patient-missing`,
 * `received-in-future`; not-found, of the patient; those of the record.
 */
export async function createItem(context: Context, order: NewItem): Promise<Result<KnownItem>> {
  const list = listNamed(order.list);
  if (list === undefined) return failed(incorrect("list-unknown", "There is no such list.", { where: "list" }));
  const receivedAt = order.receivedAt ?? toIso(context.clock.now());
  const problem = fieldProblem(list, order.fields) ?? patientProblem(list, order) ?? timeProblem(context, receivedAt);
  if (problem !== undefined) return failed(problem);
  const patient = await patientIsThere(context, order.patient);
  if (!patient.ok) return patient;
  const item: Omit<GovernanceItem, "reference"> = {
    list: list.name,
    title: order.title,
    state: list.begins,
    ...(order.patient === undefined ? {} : { patient: order.patient }),
    fields: knownFields(list, order.fields),
    marks: { received: new Date(Date.parse(receivedAt)).toISOString() },
    stops: [],
    tags: order.tags ?? [],
    notes: [],
    checks: {},
    changed: { ...said(context), did: "create" },
  };
  return numbered(context, list, item);
}

/** Whoever takes the same number at the same time makes it a conflict; then the next is taken. */
async function numbered(
  context: Context,
  list: ListDefinition,
  item: Omit<GovernanceItem, "reference">,
): Promise<Result<KnownItem>> {
  const needs = await clockNeeds(context);
  if (!needs.ok) return needs;
  const id = context.ids.next();
  const year = context.hospitalTime.local(Date.parse(item.marks.received ?? "")).date.slice(0, 4);
  for (let attempt = 1; ; attempt += 1) {
    const next = await nextReference(context.record, list.prefix, year);
    if (!next.ok) return next;
    const body = withDue(list, { ...item, reference: next.value.reference }, needs.value);
    const written = await context.record.transact({
      operations: [{ action: "create", kind: itemKind, id, body }, next.value.operation],
    });
    if (written.ok) return ok({ id, version: 1, list, item: body });
    const isRace = written.problems[0].category === "conflict";
    if (!isRace || attempt >= limits.conditionalAttemptsMax) return written;
  }
}

/** Fields that the list does not know are left out. */
export function knownFields(
  list: ListDefinition,
  fields: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    list.fields.flatMap(({ name }) => {
      const value = fields[name]?.trim() ?? "";
      return value === "" ? [] : [[name, value]];
    }),
  );
}

/** Problems of fields as the list has them. */
export function fieldProblem(list: ListDefinition, fields: Readonly<Record<string, string>>): Problem | undefined {
  for (const { name, label, isNeeded, takes, choices = [] } of list.fields) {
    const value = fields[name]?.trim() ?? "";
    const where = `fields.${name}`;
    if (value === "") {
      if (isNeeded) return incorrect("field-missing", `“${label}” is needed.`, { where });
    } else if (takes === "choice" && !choices.some((choice) => choice.value === value)) {
      return incorrect("field-incorrect", `“${label}” is not one of the choices.`, { where });
    } else if (takes === "day" && !/^\d{4}-\d\d-\d\d$/.test(value)) {
      return incorrect("field-incorrect", `“${label}” is a day such as 2026-11-23.`, { where });
    } else if (takes === "number" && !/^\d{1,9}$/.test(value)) {
      return incorrect("field-incorrect", `“${label}” is a whole number.`, { where });
    }
  }
  return undefined;
}

function patientProblem({ patient }: ListDefinition, order: NewItem): Problem | undefined {
  if (patient === "needed" && order.patient === undefined) {
    return incorrect("patient-missing", "Choose the patient whom it concerns.", { where: "patient" });
  }
  return patient === "none" && order.patient !== undefined
    ? incorrect("patient-unexpected", "This list is not about single patients.", { where: "patient" })
    : undefined;
}

function timeProblem({ clock }: Context, receivedAt: string): Problem | undefined {
  return Date.parse(receivedAt) > clock.now()
    ? incorrect("received-in-future", "It cannot have come after now.", { where: "receivedAt" })
    : undefined;
}

async function patientIsThere({ record }: Context, reference: string | undefined): Promise<Result<unknown>> {
  return reference === undefined ? ok(undefined) : record.read("Patient", reference.slice("Patient/".length));
}
