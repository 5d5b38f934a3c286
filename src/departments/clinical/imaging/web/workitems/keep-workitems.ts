import type { Context } from "#access";
import {
  conflict,
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  notFound,
  ok,
  type Problem,
  type Result,
} from "#kernel";
import { type Cursor, tokenKey, type Version } from "#record";
import { readDicomJson } from "#standards/dicom";
import { changeState, mayUpdate, type StateChange, type WebQuery } from "#standards/dicomweb";
import { matches } from "./match-json.ts";
import { digestOf, firstText, taskOf, type Workitem, workitemCode, workitemOf } from "./workitem.ts";

interface Kept {
  readonly version: Version;
  readonly item: Workitem;
}

const absent = notFound("workitem-not-found", "There is no such work item.");

async function kept({ record }: Pick<Context, "record">, uid: string): Promise<Result<Kept>> {
  const read = await record.read("Task", uid);
  if (!read.ok) return read.problems[0].category === "not-found" ? failed(absent) : read;
  const item = workitemOf(read.value);
  return item === undefined ? failed(absent) : ok({ version: read.value, item });
}

export async function readWorkitem(context: Context, uid: string): Promise<Result<Workitem>> {
  const found = await kept(context, uid);
  return found.ok ? ok(found.value.item) : found;
}

/** The one data set of a body. Problems: `model-invalid`. */
export function attributesOf(body: Uint8Array): Result<JsonObject> {
  const json = parseJson(Buffer.from(body).toString("utf8"));
  const object = Array.isArray(json) && json.length === 1 ? (json[0] as Json) : json;
  if (!isJsonObject(object)) return failed(incorrect("model-invalid", "The body is one data set in DICOM JSON."));
  const [problem] = readDicomJson(object).problems;
  return problem === undefined ? ok(object) : failed({ ...problem, code: "model-invalid" });
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Problems: `state-unknown`, `workitem-too-large`, conflict `already-exists`. Source: PS3.18 §11.4; PS3.4 §CC.2.5.1.3. */
export async function createWorkitem(context: Context, uid: string, attributes: JsonObject): Promise<Result<void>> {
  const state = firstText(attributes, "00741000") ?? "SCHEDULED";
  if (state !== "SCHEDULED")
    return failed(incorrect("state-unknown", "A new work item is SCHEDULED.", { where: "(0074,1000)" }));
  if (firstText(attributes, "00081195") !== undefined)
    return failed(
      incorrect("transaction-unexpected", "A new work item has no Transaction UID.", { where: "(0008,1195)" }),
    );
  return write(context, { uid, state: "SCHEDULED", heldBy: undefined, attributes }, 0);
}

async function write(context: Context, item: Workitem, ifMatch: number): Promise<Result<void>> {
  const { "00081195": _transaction, ...attributes } = item.attributes;
  const body = taskOf({ ...item, attributes }, context.clock.now());
  if (JSON.stringify(body).length > limits.workitemCharactersMax) {
    const message = `A work item has ${limits.workitemCharactersMax} characters at most.`;
    return failed(incorrect("workitem-too-large", message));
  }
  const operation = { action: "update", kind: "Task", id: item.uid, body, ifMatch } as const;
  const written = await context.record.transact({ operations: [operation] });
  if (written.ok) return ok(undefined);
  const isTaken = ifMatch === 0 && written.problems[0].category === "conflict";
  return isTaken ? failed(conflict("already-exists", "There is a work item of this UID already.")) : written;
}

/** Attributes that are named take the place of those that are there. Source: PS3.18 §11.6; PS3.4 §CC.2.6. */
export async function updateWorkitem(
  context: Context,
  uid: string,
  { attributes, transaction }: { readonly attributes: JsonObject; readonly transaction: string | undefined },
): Promise<Result<void>> {
  const found = await kept(context, uid);
  if (!found.ok) return found;
  const { item, version } = found.value;
  const named = digestOf(transaction ?? firstText(attributes, "00081195"));
  const allowed = mayUpdate({ from: item.state, held: item.heldBy, named });
  if (!allowed.ok) return allowed;
  if (firstText(attributes, "00741000") !== undefined)
    return failed(incorrect("state-unexpected", "The state is changed by itself.", { where: "(0074,1000)" }));
  return write(context, { ...item, attributes: { ...item.attributes, ...attributes } }, version.version);
}

/** Problems: those of `changeState`, `final-state-incomplete`. Source: PS3.18 §11.7; PS3.4 §CC.2.1. */
export async function setState(context: Context, uid: string, asked: JsonObject): Promise<Result<StateChange>> {
  const found = await kept(context, uid);
  if (!found.ok) return found;
  const { item, version } = found.value;
  const to = firstText(asked, "00741000");
  const named = digestOf(firstText(asked, "00081195"));
  const change = changeState({ from: item.state, to, held: item.heldBy, named });
  if (!change.ok || change.value === "same") return change;
  const lacking = to === "COMPLETED" ? lackingAtEnd(item.attributes) : undefined;
  if (lacking !== undefined) return failed(lacking);
  const heldBy = to === "IN PROGRESS" ? named : item.heldBy;
  const written = await write(context, { ...item, state: to as Workitem["state"], heldBy }, version.version);
  return written.ok ? ok("changed") : written;
}

/** Source: PS3.4 Table CC.2.5-3 (final state codes). */
function lackingAtEnd(attributes: JsonObject): Problem | undefined {
  const performed = attributes["00741216"];
  if (isJsonObject(performed ?? null) && Array.isArray((performed as JsonObject).Value)) return undefined;
  const message = "What was performed is told before the work item is completed.";
  return conflict("final-state-incomplete", message, { where: "(0074,1216)" });
}

/**
 * Cancels a work item that nobody has taken; who holds one is asked to, and decides. Answers whether it was cancelled.
 * Source: PS3.18 §11.8; PS3.4 §CC.2.2.
 */
export async function cancelWorkitem(
  context: Context,
  uid: string,
  reasons: JsonObject,
): Promise<Result<"canceled" | "asked" | "same">> {
  const found = await kept(context, uid);
  if (!found.ok) return found;
  const { item, version } = found.value;
  if (item.state === "CANCELED") return ok("same");
  if (item.state === "COMPLETED")
    return failed(conflict("already-completed", "The work item is already in the state of COMPLETED."));
  const told = { ...item.attributes, ...reasons };
  const state = item.state === "SCHEDULED" ? "CANCELED" : item.state;
  const written = await write(context, { ...item, state, attributes: told }, version.version);
  if (!written.ok) return written;
  return ok(state === "CANCELED" ? "canceled" : "asked");
}

export interface FoundWorkitems {
  readonly items: readonly Workitem[];
  /** There are more, or more were to be looked at. */
  readonly isCut: boolean;
}

/** Newest first. Source: PS3.18 §11.9. */
export async function findWorkitems({ record }: Context, query: WebQuery): Promise<Result<FoundWorkitems>> {
  const found: Workitem[] = [];
  let after: Cursor | undefined;
  for (let looked = 0; looked < limits.workitemsLookedAtMax; looked += limits.pageSizeMax) {
    const page = await record.search({
      kind: "Task",
      all: [{ is: "key", any: [tokenKey("code", workitemCode.system, workitemCode.code)] }],
      sort: { by: "updated", descending: true },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    const items = page.value.versions.flatMap((version) => workitemOf(version) ?? []);
    found.push(...items.filter(({ attributes }) => query.match.every((match) => matches(attributes, match))));
    after = page.value.next;
    if (after === undefined || found.length > query.offset + query.limit) break;
  }
  const items = found.slice(query.offset, query.offset + query.limit);
  return ok({ items, isCut: after !== undefined || found.length > query.offset + query.limit });
}
