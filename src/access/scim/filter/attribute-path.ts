import { schemas } from "../schema/resource-types.ts";
import type { AttributePath } from "./filter.ts";

const namePattern = /^[A-Za-z$][\w$-]*$/;

/** `name.familyName`, `urn:…:User:userName`, or the URN of an extension alone; undefined where it is none. */
export function readAttributePath(text: string): AttributePath | undefined {
  if (!/^urn:/i.test(text)) return plainPath(text);
  const lower = text.toLowerCase();
  const schema = schemas.find(({ id }) => lower === id.toLowerCase() || lower.startsWith(`${id.toLowerCase()}:`));
  if (schema === undefined) return undefined;
  if (text.length === schema.id.length) return { schema: schema.id };
  const path = plainPath(text.slice(schema.id.length + 1));
  return path && { schema: schema.id, ...path };
}

function plainPath(text: string): AttributePath | undefined {
  const [name = "", sub, ...more] = text.split(".");
  if (more.length > 0 || !namePattern.test(name)) return undefined;
  if (sub === undefined) return { name };
  return namePattern.test(sub) ? { name, sub } : undefined;
}
