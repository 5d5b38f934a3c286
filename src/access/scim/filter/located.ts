import type { Json, JsonObject } from "#kernel";
import { type Attribute, coreAttributes, findAttribute, type ResourceType } from "../schema/attribute.ts";
import type { AttributePath } from "./filter.ts";

/** An attribute that a path names, in its schema. */
export interface Located {
  /** URN of the extension it is in; absent for what is on the resource itself. */
  readonly extension?: string;
  readonly attribute: Attribute;
  readonly sub?: Attribute;
}

/** Undefined where there is no such attribute. */
export function locate(type: ResourceType, { schema, name, sub }: AttributePath): Located | undefined {
  const extension = type.extensions.find(({ id }) => id === schema);
  const isOwn = schema === undefined || schema === type.schema.id;
  const among = extension?.attributes ?? (isOwn ? coreAttributes(type) : undefined);
  const attribute = name === undefined ? undefined : findAttribute(among, name);
  if (attribute === undefined) return undefined;
  const found: Located = { attribute, ...(extension && { extension: extension.id }) };
  if (sub === undefined) return found;
  const subAttribute = findAttribute(attribute.subAttributes, sub);
  return subAttribute && { ...found, sub: subAttribute };
}

/** The values that a resource has there: none, one or several. */
export function valuesAt(resource: JsonObject, { extension, attribute }: Located): readonly Json[] {
  const holder = extension === undefined ? resource : asObject(resource[extension]);
  const value = holder?.[attribute.name];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Json];
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}
