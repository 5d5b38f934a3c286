import { failed, type Json, type JsonObject, ok, type Result } from "#kernel";
import { asObject } from "../filter/located.ts";
import { type Attribute, coreAttributes, findAttribute, type ResourceType } from "../schema/attribute.ts";
import { scimProblem } from "../scim-problem.ts";
import { typedValue, typedValues } from "./typed-value.ts";

/**
 * A resource as a directory gives it whole: what its schemas know, under their own spelling. What they do not know, and what
 * only Corridor sets, is left out. Problems: `invalidValue`. Source: RFC 7644 §3.3, §3.5.1.
 */
export function readResource(type: ResourceType, body: JsonObject): Result<JsonObject> {
  const own = readAttributes(coreAttributes(type), body);
  if (!own.ok) return own;
  const resource: Record<string, Json> = { ...own.value };
  for (const { id, attributes } of type.extensions) {
    const name = Object.keys(body).find((key) => key.toLowerCase() === id.toLowerCase());
    const part = name === undefined ? undefined : asObject(body[name]);
    if (part === undefined) continue;
    const read = readAttributes(attributes, part);
    if (!read.ok) return read;
    if (Object.keys(read.value).length > 0) resource[id] = read.value;
  }
  return checkRequired(type, resource);
}

function readAttributes(among: readonly Attribute[], body: JsonObject): Result<JsonObject> {
  const read: Record<string, Json> = {};
  for (const [name, given] of Object.entries(body)) {
    const attribute = findAttribute(among, name);
    if (attribute === undefined || attribute.mutability === "readOnly" || given === null || given === undefined)
      continue;
    const value = attribute.multiValued ? typedValues(attribute, given) : typedValue(attribute, given);
    if (!value.ok) return value;
    read[attribute.name] = value.value as Json;
  }
  return ok(read);
}

/** Problems: `invalidValue` where an attribute is missing that must be there. */
export function checkRequired({ schema }: ResourceType, resource: JsonObject): Result<JsonObject> {
  const missing = schema.attributes.find(
    ({ name, required }) => required && String(resource[name] ?? "").trim() === "",
  );
  if (missing === undefined) return ok(resource);
  return failed(scimProblem("invalidValue", `${missing.name} must be there.`, missing.name));
}
