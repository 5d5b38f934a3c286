import { failed, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import { asObject } from "../filter/located.ts";
import { type Attribute, findAttribute } from "../schema/attribute.ts";
import { scimProblem } from "../scim-problem.ts";

/**
 * One value as its attribute has it: directories write booleans as `"False"`, single values as lists of one, and texts as
 * `{ "value": … }`. Parts of a value that its schema does not know are left out. Problems: `invalidValue`.
 */
export function typedValue(attribute: Attribute, given: Json): Result<Json> {
  const value = Array.isArray(given) && given.length === 1 ? (given[0] as Json) : given;
  if (attribute.type === "complex") return complexValue(attribute, value);
  const bare = asObject(value)?.value ?? value;
  if (attribute.type === "boolean") return booleanValue(attribute, bare);
  if (typeof bare !== "string" && typeof bare !== "number") return wrong(attribute, "a text");
  const text = String(bare);
  if (text.length > limits.scimTextCharactersMax) return wrong(attribute, "a shorter text");
  if (attribute.type === "dateTime" && Number.isNaN(Date.parse(text))) return wrong(attribute, "a time");
  return ok(text);
}

/** All values of an attribute of which there may be several; a single one counts as a list of one. */
export function typedValues(attribute: Attribute, given: Json): Result<readonly JsonObject[]> {
  const list = Array.isArray(given) ? given : [given];
  if (list.length > limits.scimValuesMax) return wrong(attribute, `at most ${limits.scimValuesMax} values`);
  const values: JsonObject[] = [];
  for (const each of list) {
    const value = complexValue(attribute, each as Json);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}

function booleanValue(attribute: Attribute, value: Json): Result<Json> {
  const text = String(value).toLowerCase();
  return text === "true" || text === "false" ? ok(text === "true") : wrong(attribute, "true or false");
}

/** A text alone stands for the part `value`: `manager: "17"`. */
function complexValue(attribute: Attribute, given: Json): Result<JsonObject> {
  const object = typeof given === "string" ? { value: given } : asObject(given);
  if (object === undefined) return wrong(attribute, "an object");
  const parts: Record<string, Json> = {};
  for (const [name, part] of Object.entries(object)) {
    const sub = findAttribute(attribute.subAttributes, name);
    if (sub === undefined || sub.mutability === "readOnly" || part === null || part === undefined) continue;
    const typed = typedValue(sub, part);
    if (!typed.ok) return typed;
    parts[sub.name] = typed.value;
  }
  return ok(parts);
}

function wrong({ name }: Attribute, takes: string): Result<never> {
  return failed(scimProblem("invalidValue", `${name} takes ${takes}.`, name));
}
