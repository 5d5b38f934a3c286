import { isJsonObject, type Json, limits } from "#kernel";
import { isResourceType, parseDateTime } from "#standards/fhir";
import type { ParameterType } from "./operation.ts";

/** How each type is written in an address; undefined for those that only fit into a body. */
const readers: Readonly<Record<ParameterType, ((text: string) => Json | undefined) | undefined>> = {
  boolean: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  code: (text) => matching(text, /^\S+( \S+)*$/),
  date: (text) => (parseDateTime(text) === undefined ? undefined : text),
  id: (text) => matching(text, /^[A-Za-z0-9\-.]{1,64}$/),
  // A `+` of an offset that was not escaped has become a space.
  instant: (text) => (parseDateTime(text.replace(" ", "+"))?.zoned === true ? text.replace(" ", "+") : undefined),
  positiveInt: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined),
  string: (text) => matching(text, /\S/),
  uri: (text) => matching(text, /^\S+$/),
  Meta: undefined,
  Resource: undefined,
};

function matching(text: string, pattern: RegExp): string | undefined {
  return text.length <= limits.operationTextCharactersMax && pattern.test(text) ? text : undefined;
}

/** Whether a value of the type can be written in an address. */
export function isForAddress(type: ParameterType): boolean {
  return readers[type] !== undefined;
}

/** A value in an address; undefined where it has a wrong form. */
export function valueOfText(type: ParameterType, text: string): Json | undefined {
  return readers[type]?.(text);
}

/**
 * A value in `Parameters.parameter`: its `resource`, or its `value[x]`, which may be of any type that is written alike (a
 * valueString for a code). Undefined where it has another form.
 */
export function valueOfParameter(type: ParameterType, parameter: Readonly<Record<string, Json>>): Json | undefined {
  if (type === "Resource") {
    const { resource } = parameter;
    return isJsonObject(resource) && isResourceType(String(resource.resourceType)) ? resource : undefined;
  }
  const key = Object.keys(parameter).find((name) => /^value[A-Z]/.test(name));
  const value = key === undefined ? undefined : parameter[key];
  if (type === "Meta") return isJsonObject(value) && key === "valueMeta" ? value : undefined;
  if (typeof value === "boolean") return type === "boolean" ? value : undefined;
  if (typeof value === "number") return type === "positiveInt" ? valueOfText(type, String(value)) : undefined;
  return typeof value === "string" && type !== "boolean" && type !== "positiveInt"
    ? valueOfText(type, value)
    : undefined;
}
