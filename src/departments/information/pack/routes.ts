import { z } from "zod";
import { answers, answersBody, answersQuery, type Context } from "#access";
import { failed, type JsonObject, notFound, ok, type Result, type Route } from "#kernel";
import { keyText, parseBody } from "#record";
import { readItem } from "../items/item-store.ts";
import type { Acting } from "../items/mark-patient.ts";
import { askPack, collectPack, findPack, releaseAgain } from "./ask-pack.ts";
import { decideEntries, entriesOrderBody, giveUnflagged } from "./decide-entries.ts";
import type { DisclosureView, HeldView, SheetView } from "./disclosure-view.ts";
import { gather } from "./gather.ts";
import type { PackBuilder } from "./pack-builder.ts";
import { readableLines } from "./readable.ts";
import { type KnownSheet, readSheets, summaryOf } from "./sheets.ts";

export interface PackRoutesNeeds {
  readonly acting: Acting;
  readonly packs: PackBuilder;
}

const sheetQuery = z.object({ number: z.coerce.number().int().min(0) });
const heldQuery = z.object({ key: z.string().regex(/^[A-Za-z]{1,64}\/[A-Za-z0-9\-.]{1,64}$/) });
const whyBody = z.object({ why: z.string().max(4_000) });

const path = "/api/information/items/:id/disclosure";
const policy = "governance.work";

/** Gathering, reviewing and packing what is held about a person. */
export function packRoutes(needs: PackRoutesNeeds): readonly Route<Context>[] {
  const view: ViewOf = (context, id) => fetchDisclosure(context, needs.packs, id);
  return [...gatheringRoutes(needs, view), ...decidingRoutes(needs, view), ...leavingRoutes(needs, view)];
}

type ViewOf = (context: Context, id: string) => Promise<Result<DisclosureView>>;

function gatheringRoutes({ acting }: PackRoutesNeeds, view: ViewOf): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path,
      policy,
      summary: "What was gathered for a subject access request, how far its review is, and its pack",
      handle: answers(({ context, id }) => view(context, id)),
    },
    {
      method: "POST",
      path: `${path}/gather`,
      policy,
      summary: "Search for all that is held about the person",
      handle: answers(async ({ context, id }) => {
        const known = await readItem(context, id);
        const gathered = known.ok ? await gather(context, acting(context), known.value) : known;
        return gathered.ok ? view(context, id) : gathered;
      }),
    },
    {
      method: "GET",
      path: `${path}/sheet`,
      policy,
      summary: "One sheet of the review",
      handle: answersQuery(sheetQuery, ({ number }, { context, id }) => fetchSheet(context, id, number)),
    },
    {
      method: "GET",
      path: `${path}/held`,
      policy,
      summary: "One gathered document as it is held",
      handle: answersQuery(heldQuery, ({ key }, { context, id }) => fetchHeld(context, acting, { id, key })),
    },
  ];
}

function decidingRoutes({ acting }: PackRoutesNeeds, view: ViewOf): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: `${path}/entries`,
      policy,
      summary: "Give, withhold, redact, flag or confirm documents of a sheet",
      handle: answersBody(entriesOrderBody, async (order, { context, id }) => {
        const decided = await decideEntries({ context, own: acting(context) }, id, order);
        return decided.ok ? ok(sheetView(decided.value)) : decided;
      }),
    },
    {
      method: "POST",
      path: `${path}/give-unflagged`,
      policy,
      summary: "Give all documents that nothing was flagged on",
      handle: answers(async ({ context, id }) => {
        const given = await giveUnflagged(context, id);
        return given.ok ? view(context, id) : given;
      }),
    },
  ];
}

function leavingRoutes({ packs }: PackRoutesNeeds, view: ViewOf): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: `${path}/pack`,
      policy,
      summary: "Make the pack, when all of it has passed review",
      handle: answers(async ({ context, id }) => {
        const asked = await askPack(context, id);
        if (!asked.ok) return asked;
        packs.wake();
        return view(context, id);
      }),
    },
    {
      method: "POST",
      path: `${path}/collect`,
      policy,
      summary: "Take the pack as a zip file, once",
      handle: ({ params }, context) => collectPack(context, params.id ?? ""),
    },
    {
      method: "POST",
      path: `${path}/release-again`,
      policy,
      summary: "Let the pack be taken once more, with a reason",
      handle: answersBody(whyBody, async ({ why }, { context, id }) => {
        const released = await releaseAgain(context, id, why);
        return released.ok ? view(context, id) : released;
      }),
    },
  ];
}

async function fetchDisclosure(context: Context, packs: PackBuilder, id: string): Promise<Result<DisclosureView>> {
  const sheets = await readSheets(context.record, id);
  if (!sheets.ok) return sheets;
  const known = await findPack(context, id);
  if (!known.ok) return known;
  if (known.value === undefined) return ok(summaryOf(sheets.value));
  const { parts: _, ...pack } = known.value.pack;
  const progress = pack.state === "building" ? packs.progressOf(id) : undefined;
  return ok({ ...summaryOf(sheets.value), pack: { ...pack, ...progress } });
}

async function fetchSheet(context: Context, id: string, number: number): Promise<Result<SheetView>> {
  const sheets = await readSheets(context.record, id);
  if (!sheets.ok) return sheets;
  const known = sheets.value.find(({ sheet }) => sheet.number === number);
  return known === undefined ? failed(notFound("sheet-not-found", "There is no such sheet.")) : ok(sheetView(known));
}

function sheetView({ sheet, version }: KnownSheet): SheetView {
  return { number: sheet.number, version, entries: sheet.entries };
}

/** Only what was gathered for this request is shown: reviewing is no way to look at anybody's record. */
async function fetchHeld(
  context: Context,
  acting: Acting,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<Result<HeldView>> {
  const sheets = await readSheets(context.record, id);
  if (!sheets.ok) return sheets;
  const entry = sheets.value.flatMap(({ sheet }) => sheet.entries).find((each) => keyText(each) === key);
  if (entry === undefined) return failed(notFound("not-found", "This was not gathered for this request."));
  const read = await acting(context).record.read(entry.kind, entry.id);
  if (!read.ok) return read;
  const body = parseBody<JsonObject>(read.value);
  return ok({ key, lines: readableLines(body), body });
}
