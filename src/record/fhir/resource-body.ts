import { failed, type HttpRequest, incorrect, isJsonObject, type JsonObject, ok, type Result } from "#kernel";
import { parseJson } from "../documents/json-text.ts";
import { checkSent } from "./media-type.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The resource in the body of a request; numbers keep how they are written. Problems: `media-type-not-supported`,
 * `not-utf-8`, those of `parseJson`, `wrong-json-type`.
 */
export function readResource({ headers, body }: HttpRequest): Result<JsonObject> {
  const sent = checkSent(headers["content-type"]);
  if (!sent.ok) return sent;
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return failed(incorrect("not-utf-8", "The body is not UTF-8."));
  }
  const read = parseJson(text);
  if (!read.ok) return read;
  return isJsonObject(read.value) ? ok(read.value) : failed(notObject);
}

const notObject = incorrect("wrong-json-type", "A resource must be a JSON object.");
