import { type Instant, isJsonObject, type JsonObject, toIso } from "#kernel";
import type { Key } from "./document.ts";
import { jsonText } from "./json-text.ts";

/**
 * A body as text, but for what only the commit knows: version and time. They stand in front,
 * so the text that is stored, served and sent is made by joining three strings.
 */
export interface BodyText {
  /** Members of `meta` that the writer gave, each with a comma before it; may be empty. */
  readonly meta: string;
  /** Members after `meta`, likewise. */
  readonly rest: string;
}

export function bodyText(body: JsonObject): BodyText {
  const { resourceType: _type, id: _id, meta, ...rest } = body;
  return { meta: members(writersMeta(meta)), rest: members(rest) };
}

function writersMeta(meta: unknown): JsonObject {
  if (!isJsonObject(meta)) return {};
  const { versionId: _version, lastUpdated: _updated, ...rest } = meta;
  return rest;
}

function members(object: JsonObject): string {
  const text = jsonText(object);
  return text === "{}" ? "" : `,${text.slice(1, -1)}`;
}

export interface Stamp {
  readonly version: number;
  readonly at: Instant;
}

/** The whole document as it is stored and served. */
export function stampedBody(key: Key, text: BodyText, { version, at }: Stamp): string {
  return `{"resourceType":${JSON.stringify(key.kind)},"id":${JSON.stringify(key.id)},"meta":{"versionId":"${version}","lastUpdated":"${toIso(at)}"${text.meta}}${text.rest}}`;
}
