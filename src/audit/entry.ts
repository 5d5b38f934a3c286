import type { Instant, JsonObject } from "#kernel";
import type { AuditEntry } from "#record";
import type { Act, Agent } from "./act.ts";
import { actCodes } from "./codes.ts";

/** What the body of an entry says when it is read back. */
export type AuditBody = OwnBody | PostedBody;

export type OwnBody = Act & { readonly act: Exclude<Act["act"], "posted"> };

/** An AuditEvent that an application made of an act of its own, as it was posted, and who posted it. */
export interface PostedBody {
  readonly at: Instant;
  readonly act: "posted";
  readonly agent: Agent;
  /** The id it is read by: it was answered before its place in the log was known. */
  readonly id: string;
  readonly resource: JsonObject;
}

/** The act as an entry of the log, with what it will be found by. */
export function auditEntry(act: OwnBody): AuditEntry {
  const codes = actCodes[act.act];
  const keys = [
    `action=${codes.action}`,
    `subtype=${codes.subtype.code}`,
    `agent=${act.agent.reference}`,
    `outcome=${act.outcome}`,
  ];
  for (const patient of act.patients) keys.push(`patient=${patient}`, `entity=${patient}`);
  for (const entity of act.entities) keys.push(`entity=${withoutVersion(entity)}`);
  return { at: act.at, body: bodyText(act), keys };
}

/** An AuditEvent of an application as an entry of the same log, with what the resource itself is found by. */
export function postedEntry(body: PostedBody, keys: readonly string[]): AuditEntry {
  return { at: body.at, body: bodyText(body), keys: [...keys, `id=${body.id}`] };
}

/** The time in front, so that `verifyLog` finds it without parsing. */
function bodyText(body: AuditBody): string {
  const { at, ...rest } = body;
  return JSON.stringify({ at, ...rest });
}

export function readBody(body: string): AuditBody {
  return JSON.parse(body) as AuditBody;
}

function withoutVersion(entity: string): string {
  const end = entity.indexOf("/_history/");
  return end === -1 ? entity : entity.slice(0, end);
}
