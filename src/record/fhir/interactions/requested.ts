import { failed, incorrect, notFound, ok, okUnless, type Result } from "#kernel";
import { isResourceType, parseSearchQuery } from "#standards/fhir";
import type { Asked } from "../asked.ts";
import type { Subset } from "../subset.ts";

/** The resource type in the address; a kind that is no FHIR type is not found here. Problems: not-found. */
export function requestedType({ params }: Asked): Result<string> {
  const { type = "" } = params;
  if (isResourceType(type)) return ok(type);
  return failed(notFound("unknown-resource-type", "The address names a type that FHIR R4 does not have."));
}

/** What the door itself acts on, whatever is asked for. */
const doorParameters = ["_format", "_pretty"];

/** That the address has no parameter that would be passed over. Problems: incorrect, code `unknown-search-parameter`. */
export function checkParameters({ query }: Asked, known: readonly string[] = []): Result<undefined> {
  const unknown = [...query.keys()].filter((name) => !known.includes(name) && !doorParameters.includes(name));
  const problems = unknown.map((where) =>
    incorrect("unknown-search-parameter", "This parameter means nothing here.", { where }),
  );
  return okUnless(problems, undefined);
}

export function givenOnce({ query }: Asked, name: string): Result<string | undefined> {
  const [value, ...more] = query.getAll(name);
  if (more.length === 0) return ok(value);
  return failed(incorrect("wrong-search-value", "This parameter may be given once.", { where: name }));
}

/** `_count`, lowered to the bound; undefined where it is not said. Problems: `wrong-search-value`. */
export function countOf(asked: Asked, countMax: number): Result<number | undefined> {
  const text = givenOnce(asked, "_count");
  if (!text.ok || text.value === undefined) return text as Result<undefined>;
  if (/^[1-9]\d{0,8}$/.test(text.value)) return ok(Math.min(Number(text.value), countMax));
  return failed(incorrect("wrong-search-value", "_count must be a whole number above 0.", { where: "_count" }));
}

/** `_elements` and `_summary` of what is read. Undefined: all of it. Problems: `wrong-search-value`. */
export function requestedSubset({ query }: Asked, type: string): Result<Subset | undefined> {
  const asked = new URLSearchParams([...query].filter(([name]) => name === "_elements" || name === "_summary"));
  if (asked.size === 0) return ok(undefined);
  const { elements, summary, problems } = parseSearchQuery(type, asked);
  if (summary === "count") {
    const message = "Only what a search finds is counted.";
    return failed(incorrect("wrong-search-value", message, { where: "_summary" }));
  }
  return okUnless(problems, { elements, summary });
}
