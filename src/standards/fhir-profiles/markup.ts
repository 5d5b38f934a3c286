import { isJsonObject, type Json } from "#kernel";
import { error, isTooDeep, report, type Visit } from "./visit.ts";

/** A tag of HTML or something that a browser would take for one. */
const tag = /<\/?[A-Za-z][^<>]*>/;

/**
 * Reports every string that looks as if it had HTML in it, narratives apart: for systems that show texts unescaped.
 * `visit.path` is that of the value.
 */
export function checkMarkup(value: Json, visit: Visit): void {
  if (typeof value === "string") {
    if (tag.test(value)) report(visit, error("invalid", "markup", "The text has what looks like HTML in it."));
    return;
  }
  if (typeof value !== "object" || value === null || isTooDeep(visit)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "div" && isJsonObject(value)) continue;
    visit.path.push(Array.isArray(value) ? Number(key) : key);
    checkMarkup(inner as Json, visit);
    visit.path.pop();
  }
}
