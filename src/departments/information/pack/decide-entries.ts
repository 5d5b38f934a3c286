import { z } from "zod";
import type { Context } from "#access";
import {
  conflict,
  failed,
  forbidden,
  incorrect,
  type JsonObject,
  limits,
  ok,
  type Problem,
  type Result,
} from "#kernel";
import { keyText, type Operation, parseBody } from "#record";
import type { Said } from "../items/item.ts";
import { said } from "../items/item-store.ts";
import {
  type Decision,
  type DisclosureEntry,
  disclosureFlags,
  groundNames,
  needsSecond,
  sheetKind,
} from "./disclosure.ts";
import { isThere } from "./redact.ts";
import { type KnownSheet, readSheets } from "./sheets.ts";

const ground = z.enum(groundNames);
const passage = z.object({ text: z.string().min(2).max(2_000), ground });

/** What is decided on some documents of a sheet: `Observation/1`. */
export const entriesOrderBody = z.object({
  sheet: z.number().int().min(0),
  /** The version of the sheet that was seen. */
  version: z.number().int().min(1),
  keys: z.array(z.string().max(130)).min(1).max(limits.disclosureSheetMax),
  why: z.string().trim().min(1).max(4_000).optional(),
  order: z.discriminatedUnion("do", [
    z.object({ do: z.literal("give") }),
    z.object({ do: z.literal("withhold"), ground }),
    z.object({ do: z.literal("redact"), passages: z.array(passage).min(1).max(limits.disclosurePassagesMax) }),
    z.object({ do: z.literal("flag"), flag: z.enum(disclosureFlags), isSet: z.boolean() }),
    z.object({ do: z.literal("confirm") }),
    z.object({ do: z.literal("undo") }),
  ]),
});

export type EntriesOrder = z.infer<typeof entriesOrderBody>;

/**
 * Decides on documents of a sheet. `own` sees what is held. Problems: conflict `version-conflict`, `nothing-to-confirm`;
 * forbidden `second-person-needed`; incorrect `why-missing`, `passage-not-there`, `entry-unknown`; those of the record.
 */
export async function decideEntries(
  { context, own }: { readonly context: Context; readonly own: Context },
  item: string,
  order: EntriesOrder,
): Promise<Result<KnownSheet>> {
  const sheets = await readSheets(context.record, item);
  if (!sheets.ok) return sheets;
  const known = sheets.value.find(({ sheet }) => sheet.number === order.sheet);
  if (known === undefined || known.version !== order.version) return failed(changedSince);
  const keys = new Set(order.keys);
  const chosen = known.sheet.entries.filter((entry) => keys.has(keyText(entry)));
  const problem = chosen.length === keys.size ? await passageProblem(own, chosen, order) : unknownEntry;
  if (problem !== undefined) return failed(problem);
  const done = said(context, order.why);
  const entries: DisclosureEntry[] = [];
  for (const entry of known.sheet.entries) {
    const next = keys.has(keyText(entry)) ? decided(entry, order, done) : ok(entry);
    if (!next.ok) return next;
    entries.push(next.value);
  }
  return writeSheet(context, { ...known, sheet: { ...known.sheet, entries } });
}

/** Gives what nobody and no rule has flagged, on all sheets, in one commit. */
export async function giveUnflagged(context: Context, item: string): Promise<Result<{ readonly given: number }>> {
  const sheets = await readSheets(context.record, item);
  if (!sheets.ok) return sheets;
  const done = said(context, "Nothing was flagged");
  let given = 0;
  const operations = sheets.value.flatMap(({ id, version, sheet }): Operation[] => {
    const entries = sheet.entries.map((entry) => {
      if (entry.decision !== undefined || entry.flags.length > 0) return entry;
      given += 1;
      return { ...entry, decision: { is: "give", said: done } as const };
    });
    const body = { ...sheet, entries } as unknown as JsonObject;
    return [{ action: "update", kind: sheetKind, id, body, ifMatch: version }];
  });
  const written = operations.length === 0 ? ok([]) : await context.record.transact({ operations });
  return written.ok ? ok({ given }) : written;
}

function decided(entry: DisclosureEntry, { order, why }: EntriesOrder, done: Said): Result<DisclosureEntry> {
  const { decision, confirmed: _, ...rest } = entry;
  switch (order.do) {
    case "give":
      return withReason({ ...rest, decision: { is: "give", said: done } }, why);
    case "withhold":
      return withReason({ ...rest, decision: { is: "withhold", ground: order.ground, said: done } }, why);
    case "redact":
      return withReason({ ...rest, decision: { is: "redact", passages: order.passages, said: done } }, why);
    case "flag": {
      const others = entry.flags.filter((flag) => flag !== order.flag);
      // What was decided before it was flagged is to be decided anew.
      return ok({ ...rest, flags: order.isSet ? [...others, order.flag] : others });
    }
    case "confirm":
      return confirmed(entry, decision, done);
    case "undo":
      return ok(rest);
  }
}

/** What a health professional has said of serious harm is kept with the decision. */
function withReason(entry: DisclosureEntry, why: string | undefined): Result<DisclosureEntry> {
  return needsSecond(entry) && why === undefined ? failed(opinionMissing) : ok(entry);
}

function confirmed(entry: DisclosureEntry, decision: Decision | undefined, done: Said): Result<DisclosureEntry> {
  if (decision === undefined || !needsSecond(entry)) return failed(nothingToConfirm);
  return decision.said.by === done.by ? failed(samePerson) : ok({ ...entry, confirmed: done });
}

/** Text that does not stand in the document would be withheld nowhere, and nobody would notice. */
async function passageProblem(
  own: Context,
  chosen: readonly DisclosureEntry[],
  { order }: EntriesOrder,
): Promise<Problem | undefined> {
  if (order.do !== "redact") return undefined;
  const read = await own.record.readMany(chosen);
  if (!read.ok) return read.problems[0];
  for (const version of read.value) {
    const body = parseBody<JsonObject>(version);
    const missing = order.passages.findIndex(({ text }) => !isThere(body, text));
    if (missing >= 0) return { ...notThere, where: `passages[${missing}]` };
  }
  return undefined;
}

async function writeSheet(context: Context, known: KnownSheet): Promise<Result<KnownSheet>> {
  const body = known.sheet as unknown as JsonObject;
  const written = await context.record.transact({
    operations: [{ action: "update", kind: sheetKind, id: known.id, body, ifMatch: known.version }],
  });
  return written.ok ? ok({ ...known, version: written.value[0]?.version.version ?? known.version }) : written;
}

const changedSince = conflict("version-conflict", "Somebody has decided on this sheet since you saw it: look again.");
const unknownEntry = incorrect("entry-unknown", "One of them is not on this sheet.", { where: "keys" });
const notThere = incorrect(
  "passage-not-there",
  "This passage does not stand in the document: nothing would be withheld.",
);
const opinionMissing = incorrect(
  "why-missing",
  "Say which health professional was asked about serious harm, and what they said.",
  {
    where: "why",
  },
);
const nothingToConfirm = conflict("nothing-to-confirm", "Nothing here waits for a second person.");
const samePerson = forbidden("second-person-needed", "Somebody else has to confirm what you decided.");
