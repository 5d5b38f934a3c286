import { type Context, markSystem } from "#access";
import { conflict, failed, type JsonObject, ok, type Result, toIso } from "#kernel";
import { type Operation, parseBody } from "#record";
import type { GovernanceItem } from "./item.ts";

/** What a person does for information governance with more than their own rights, under their own name. */
export type Acting = (context: Context) => Context;

export interface Marking {
  /** With the right to write a Flag. */
  readonly context: Context;
  readonly item: GovernanceItem;
  readonly mark: { readonly code: string; readonly text: string } | undefined;
}

export interface Marked {
  readonly item: GovernanceItem;
  /** To be written with the item. */
  readonly operation: Operation;
}

/** Sets a Flag on the patient's record, or ends it. Problems: conflict `nobody-to-mark`; those of the record. */
export async function markPatient(marking: Marking, step: "mark" | "unmark"): Promise<Result<Marked>> {
  return step === "mark" ? flagged(marking) : unflagged(marking);
}

function flagged({ context, item, mark }: Marking): Result<Marked> {
  const { patient } = item;
  if (patient === undefined || mark === undefined) return failed(nobody);
  const id = context.ids.next();
  const body: JsonObject = {
    resourceType: "Flag",
    // By the tag it is found; R4 has no search of flags by their code.
    meta: { tag: [{ system: markSystem, code: mark.code }] },
    status: "active",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/flag-category", code: "admin" }] }],
    code: { coding: [{ system: markSystem, code: mark.code }], text: mark.text },
    subject: { reference: patient },
    period: { start: toIso(context.clock.now()) },
  };
  return ok({ item: { ...item, flag: `Flag/${id}` }, operation: { action: "create", kind: "Flag", id, body } });
}

async function unflagged({ context, item }: Marking): Promise<Result<Marked>> {
  const { flag, ...rest } = item;
  const id = flag?.slice("Flag/".length) ?? "";
  const read = await context.record.read("Flag", id);
  if (!read.ok) return read;
  const { meta: _, id: _id, ...body } = parseBody<JsonObject & { readonly period?: JsonObject }>(read.value);
  const period = { ...body.period, end: toIso(context.clock.now()) };
  const ended: JsonObject = { ...body, status: "inactive", period };
  const { version } = read.value;
  return ok({ item: rest, operation: { action: "update", kind: "Flag", id, body: ended, ifMatch: version } });
}

const nobody = conflict("nobody-to-mark", "There is no patient whose record could be marked.");
