import type { Context } from "#access";
import { failed, incorrect, limits, type Result } from "#kernel";
import type { ClockNeeds } from "../clock/clock-view.ts";
import { fieldProblem, knownFields } from "./create-item.ts";
import type { GovernanceItem, Said } from "./item.ts";
import type { ItemOrder } from "./item-order.ts";
import { asSeen, clockNeeds, type KnownItem, readItem, said, writeItem } from "./item-store.ts";
import { type Acting, markPatient } from "./mark-patient.ts";
import { takeStep } from "./take-step.ts";

export interface ItemChangeNeeds {
  readonly context: Context;
  /** The same with the right to mark a patient's record, under the person's own name. */
  readonly acting: Acting;
}

/**
 * Does one thing with an item: a version of it says who did it and why. Problems: not-found; conflict `version-conflict`
 * and those of `takeStep`; incorrect, of a field; those of the record.
 */
export async function changeItem(
  { context, acting }: ItemChangeNeeds,
  id: string,
  order: ItemOrder,
): Promise<Result<KnownItem>> {
  const read = await readItem(context, id);
  if (!read.ok) return read;
  const known = asSeen(read.value, order.version);
  if (!known.ok) return known;
  const needs = await clockNeeds(context);
  if (!needs.ok) return needs;
  const given: Given = { context, known: known.value, needs: needs.value };
  return order.do === "step" ? step(given, acting, order) : write(given, changed(given, order));
}

interface Given {
  readonly context: Context;
  readonly known: KnownItem;
  readonly needs: ClockNeeds;
}

async function step(given: Given, acting: Acting, order: ItemOrder & { do: "step" }): Promise<Result<KnownItem>> {
  const { context, known, needs } = given;
  const { list, item } = known;
  const { step: name, outcome } = order;
  const next = takeStep({ list, item, needs }, { step: name, outcome, said: said(context, order.why) });
  if (!next.ok) return next;
  if (name !== "mark" && name !== "unmark") return writeItem(context, { known, item: next.value, needs });
  const own = acting(context);
  const mark = await markPatient({ context: own, item: next.value, mark: list.markOf }, name);
  return mark.ok ? writeItem(own, { known, item: mark.value.item, needs, more: [mark.value.operation] }) : mark;
}

async function write(given: Given, item: Result<GovernanceItem>): Promise<Result<KnownItem>> {
  return item.ok ? writeItem(given.context, { ...given, item: item.value }) : item;
}

function changed({ context, known }: Given, order: Exclude<ItemOrder, { do: "step" }>): Result<GovernanceItem> {
  const { item, list } = known;
  const done = said(context);
  switch (order.do) {
    case "change": {
      const fields = { ...item.fields, ...order.fields };
      const problem = fieldProblem(list, fields);
      if (problem !== undefined) return failed(problem);
      const { title = item.title, tags = item.tags, why } = order;
      return as({ ...item, title, tags, fields: knownFields(list, fields) }, { ...done, why }, "change");
    }
    case "assign": {
      const { assignee: _, ...rest } = item;
      const { reference, display } = context.actor;
      return as(order.mine ? { ...rest, assignee: { reference, display } } : rest, done, "assign");
    }
    case "note": {
      if (item.notes.length >= limits.governanceNotesMax) return failed(tooManyNotes);
      return as({ ...item, notes: [...item.notes, { ...done, text: order.text }] }, done, "note");
    }
    case "check": {
      if (!list.checks.some(({ name }) => name === order.check)) return failed(noSuchCheck);
      const { [order.check]: _, ...rest } = item.checks;
      return as({ ...item, checks: order.isDone ? { ...rest, [order.check]: done } : rest }, done, "check");
    }
  }
}

function as(item: GovernanceItem, done: Said, did: GovernanceItem["changed"]["did"]): Result<GovernanceItem> {
  return { ok: true, value: { ...item, changed: { ...done, did } } };
}

const tooManyNotes = incorrect("notes-too-many", "There is no room for a further note: begin an item of its own.");
const noSuchCheck = incorrect("check-unknown", "The list has no such check.", { where: "check" });
