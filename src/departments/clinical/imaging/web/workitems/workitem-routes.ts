import type { Context } from "#access";
import {
  failed,
  type HttpReply,
  type HttpRequest,
  incorrect,
  type JsonObject,
  ok,
  type Result,
  type Route,
} from "#kernel";
import { chooseMedia, parseQuery } from "#standards/dicomweb";
import { madeUid } from "../../made-uid.ts";
import { acceptOf, onlyParameters, servicePath } from "../image-place.ts";
import { modelBody, modelOffers } from "../model-body.ts";
import {
  attributesOf,
  cancelWorkitem,
  createWorkitem,
  findWorkitems,
  readWorkitem,
  setState,
  updateWorkitem,
} from "./keep-workitems.ts";
import type { Workitem } from "./workitem.ts";

type Handler = (request: HttpRequest, context: Context) => Promise<Result<HttpReply>>;

/** The worklist service (UPS-RS). Source: PS3.18 Chapter 11. */
export const workitemRoutes: readonly Route<Context>[] = [
  route("POST", "/workitems", "Create a work item", create),
  route("GET", "/workitems", "Search for work items", search),
  route("GET", "/workitems/:workitem", "Retrieve a work item", retrieve),
  route("POST", "/workitems/:workitem", "Update a work item", update),
  route("PUT", "/workitems/:workitem/state", "Take a work item, complete or cancel it", state),
  route("POST", "/workitems/:workitem/cancelrequest", "Ask for a work item to be cancelled", cancel),
];

function route(method: "GET" | "POST" | "PUT", path: string, summary: string, handle: Handler): Route<Context> {
  return { method, path: `${servicePath}${path}`, policy: "signed-in", summary, handle };
}

function uidOf(text: string | null | undefined): Result<string> {
  if (text !== null && text !== undefined && /^[0-9.]{1,64}$/.test(text)) return ok(text);
  const message = "The UID of a work item is digits and full stops, 64 at most.";
  return failed(incorrect("uid-invalid", message, { where: "workitem" }));
}

async function create(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const known = onlyParameters(request, ["workitem"]);
  if (!known.ok) return known;
  const attributes = attributesOf(request.body);
  if (!attributes.ok) return attributes;
  const named = request.query.get("workitem") ?? sopInstance(attributes.value);
  const uid = uidOf(named ?? madeUid(context.ids));
  if (!uid.ok) return uid;
  const created = await createWorkitem(context, uid.value, attributes.value);
  if (!created.ok) return created;
  const location = `${request.origin}${servicePath}/workitems/${uid.value}`;
  return ok({ status: 201, headers: { location, "content-location": location } });
}

function sopInstance(attributes: JsonObject): string | undefined {
  const value = (attributes["00080018"] as { readonly Value?: readonly unknown[] } | undefined)?.Value?.[0];
  return typeof value === "string" ? value : undefined;
}

async function search(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const chosen = chooseMedia(acceptOf(request), modelOffers);
  if (!chosen.ok) return chosen;
  const query = parseQuery(request.query);
  if (!query.ok) return query;
  const found = await findWorkitems(context, query.value);
  if (!found.ok) return found;
  const reply = modelBody(found.value.items.map(textOf), chosen.value.offer, context.ids);
  if (!reply.ok || !found.value.isCut || !query.value.isLimitOurs) return reply;
  const warning = `299 ${request.origin}${servicePath}: There are additional results that can be requested`;
  return ok({ ...reply.value, headers: { ...reply.value.headers, warning } });
}

function textOf({ uid, attributes }: Workitem): string {
  return JSON.stringify({
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    "00080016": { vr: "UI", Value: ["1.2.840.10008.5.1.4.34.6.1"] },
    "00080018": { vr: "UI", Value: [uid] },
    ...attributes,
  });
}

async function retrieve(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const chosen = chooseMedia(acceptOf(request), modelOffers);
  if (!chosen.ok) return chosen;
  const uid = uidOf(request.params.workitem);
  if (!uid.ok) return uid;
  const item = await readWorkitem(context, uid.value);
  return item.ok ? modelBody([textOf(item.value)], chosen.value.offer, context.ids) : item;
}

async function update(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const known = onlyParameters(request, ["transaction-uid", "transaction"]);
  if (!known.ok) return known;
  const uid = uidOf(request.params.workitem);
  const attributes = uid.ok ? attributesOf(request.body) : uid;
  if (!uid.ok || !attributes.ok) return attributes.ok ? failed(incorrect("uid-invalid", "")) : attributes;
  const transaction = request.query.get("transaction-uid") ?? request.query.get("transaction") ?? undefined;
  const updated = await updateWorkitem(context, uid.value, { attributes: attributes.value, transaction });
  return updated.ok ? ok({ status: 200 }) : warned(updated, request);
}

async function state(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const uid = uidOf(request.params.workitem);
  if (!uid.ok) return uid;
  const asked = attributesOf(request.body);
  if (!asked.ok) return asked;
  const change = await setState(context, uid.value, asked.value);
  if (!change.ok) return warned(change, request);
  const is = change.value === "changed" ? undefined : "The UPS is already in the requested state.";
  return ok({ status: 200, ...(is === undefined ? {} : { headers: { warning: warningOf(request, is) } }) });
}

async function cancel(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const uid = uidOf(request.params.workitem);
  if (!uid.ok) return uid;
  const reasons = request.body.length === 0 ? ok({}) : attributesOf(request.body);
  if (!reasons.ok) return reasons;
  const done = await cancelWorkitem(context, uid.value, reasons.value);
  if (!done.ok) return warned(done, request);
  const same = "The UPS is already in the requested state of CANCELED.";
  return ok({ status: 202, ...(done.value === "same" ? { headers: { warning: warningOf(request, same) } } : {}) });
}

function warningOf({ origin }: HttpRequest, text: string): string {
  return `299 ${origin}${servicePath}: ${text}`;
}

/** The reason stands in a header too, where clients of this service look for it. Source: PS3.18 Table 11.7.3-1. */
function warned<T>(result: Result<T>, request: HttpRequest): Result<HttpReply> {
  if (result.ok) return ok({ status: 200 });
  const [problem] = result.problems;
  if (problem.category !== "conflict") return result;
  const { code, message: detail, where } = problem;
  const headers = { "content-type": "application/problem+json", warning: warningOf(request, detail) };
  const body = JSON.stringify({ type: "about:blank", title: "Conflict", status: 409, detail, code, where });
  return ok({ status: 409, headers, body });
}
