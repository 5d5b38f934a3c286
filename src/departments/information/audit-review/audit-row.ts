import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { parseBody, type Version } from "#record";

/** An entry of the audit log as a line for people. */
export interface AuditRow {
  readonly id: string;
  /** Its place in the log, from 1. */
  readonly sequence: number;
  readonly at: string;
  readonly who: string;
  /** `User/3f…`: what the person is searched by. */
  readonly reference: string;
  readonly roles: readonly string[];
  /** Code of what was done; `actWords` says it in words. */
  readonly act: string;
  /** Code of HL7 v3 PurposeOfUse. */
  readonly why: string;
  /** In the words of the person. */
  readonly reason?: string;
  /** 0 it worked, 4 it was refused or found nothing, 8 it failed. */
  readonly outcome: string;
  readonly problem?: string;
  readonly patients: readonly string[];
  readonly entities: readonly string[];
  readonly query?: string;
  readonly address?: string;
}

export function auditRow(version: Version): AuditRow {
  const event = parseBody<JsonObject>(version);
  const agents = listOf(event.agent);
  const agent = agents.find(({ requestor }) => requestor === true) ?? agents[0] ?? {};
  const entities = listOf(event.entity);
  const whats = (isWanted: (role: string | undefined) => boolean) =>
    entities.filter(({ role }) => isWanted(textOf(objectOf(role).code))).flatMap(({ what }) => referenceOf(what) ?? []);
  const purpose = listOf(event.purposeOfEvent)[0] ?? {};
  const query = textOf(entities.find(({ query: asked }) => asked !== undefined)?.query);
  const addresses = agents.flatMap(({ network }) => textOf(objectOf(network).address) ?? []);
  const who = objectOf(agent.who);
  return {
    id: version.id,
    sequence: version.position,
    at: textOf(event.recorded) ?? "",
    who: textOf(agent.name) ?? textOf(who.display) ?? "Corridor",
    reference: textOf(agent.altId) ?? textOf(objectOf(who.identifier).value) ?? textOf(who.reference) ?? "",
    roles: listOf(agent.role).flatMap((role) => textOf(listOf(role.coding)[0]?.code) ?? []),
    act: textOf(listOf(event.subtype)[0]?.code) ?? textOf(objectOf(event.type).code) ?? "",
    why: textOf(listOf(purpose.coding)[0]?.code) ?? "",
    ...maybe("reason", textOf(purpose.text)),
    outcome: textOf(event.outcome) ?? "0",
    ...maybe("problem", textOf(event.outcomeDesc)),
    patients: whats((role) => role === "1"),
    entities: whats((role) => role !== "1"),
    ...maybe("query", query === undefined ? undefined : Buffer.from(query, "base64").toString("utf8")),
    ...maybe("address", addresses[0]),
  };
}

function maybe<K extends string>(name: K, value: string | undefined): { readonly [name in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in K]: string });
}

function referenceOf(what: Json | undefined): string | undefined {
  const { reference, identifier, type } = objectOf(what);
  return textOf(reference) ?? textOf(objectOf(identifier).value) ?? textOf(type);
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
