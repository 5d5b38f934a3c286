import {
  failed,
  type HttpRequest,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Result,
} from "#kernel";
import { readFhirXml } from "#standards/fhir-xml";
import { parseJson } from "../documents/json-text.ts";
import { sentFormat } from "./media-type.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The resource in the body of a request, from JSON or XML; numbers keep how they are written. Problems:
 * `media-type-not-supported`, `not-utf-8`, those of `parseJson` and `readFhirXml`, `wrong-json-type`.
 */
export function readResource({ headers, body }: Pick<HttpRequest, "headers" | "body">): Result<JsonObject> {
  const sent = sentFormat(headers["content-type"]);
  if (!sent.ok) return sent;
  const text = textOf(body);
  if (!text.ok) return text;
  if (sent.value === "xml") return readFhirXml(text.value);
  const read = parseJson(text.value);
  if (!read.ok) return read;
  return isJsonObject(read.value) ? ok(read.value) : failed(notObject);
}

/** JSON of any kind. Problems: `not-utf-8`, those of `parseJson`. */
export function readJson(body: Uint8Array): Result<Json> {
  const text = textOf(body);
  return text.ok ? parseJson(text.value) : text;
}

function textOf(body: Uint8Array): Result<string> {
  try {
    return ok(utf8.decode(body));
  } catch {
    return failed(incorrect("not-utf-8", "The body is not UTF-8."));
  }
}

const notObject = incorrect("wrong-json-type", "A resource must be a JSON object.");
