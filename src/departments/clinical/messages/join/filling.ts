import type { Json } from "#kernel";
import { type Copying, copied } from "./copying.ts";
import type { JsonObject } from "./sources.ts";

/** What the typed mapping alone decides, whatever rows say. */
const decided =
  /^(?:resourceType|id|meta|status|docStatus|intent|subject|patient|encounter|active|link|gender|birthDate|value\w*|deceased\w*|multipleBirth\w*|component|hasMember|result|basedOn|dataAbsentReason|text|contained|presentedForm|content)$/;

/**
 * Adds to a resource, in place, what rows have for it and it lacks: elements that are absent, parts of those that are there,
 * and entries of lists of which the typed mapping has read nothing. What is there is never changed.
 */
export function fill(resource: JsonObject, draft: JsonObject, copying: Copying): void {
  for (const key of Object.keys(draft))
    if (!decided.test(key)) fillMember({ into: resource, from: draft, key }, copying);
}

interface Member {
  readonly into: JsonObject;
  readonly from: JsonObject;
  readonly key: string;
}

function fillMember({ into, from, key }: Member, copying: Copying): void {
  if (copying.sources.at(from, key).length === 0) return;
  const [has, value] = [into[key], from[key] as Json];
  if (has === undefined) {
    if (isOtherChoice(into, key)) return;
    const copy = copied(value, copying);
    if (copy === undefined) return;
    into[key] = copy;
    copying.copies.note(from, into, key);
  } else if (Array.isArray(has) && Array.isArray(value))
    into[key] = filledList(has, value, { from, into, key }, copying);
  else if (isObject(has) && isObject(value)) fillPart(has, value, copying);
  else if (has === value) copying.copies.note(from, into, key);
}

function fillPart(into: JsonObject, from: JsonObject, copying: Copying): void {
  for (const key of Object.keys(from)) fillMember({ into, from, key }, copying);
}

function filledList(has: readonly Json[], given: readonly Json[], member: Member, copying: Copying): readonly Json[] {
  const list = [...has];
  for (const item of given) {
    if (!isObject(item)) {
      if (list.includes(item)) copying.copies.note(member.from, member.into, member.key);
      continue;
    }
    const placed = copying.sources.within(item);
    if (placed.length === 0) continue;
    const same = list.find((other) => isObject(other) && isSame(other, item));
    if (same !== undefined) fillPart(same as JsonObject, item, copying);
    else if (placed.every(({ isFree }) => isFree))
      list.push(...[copied(item, copying)].filter((each) => each !== undefined));
  }
  return list;
}

/** What tells the entries of a list apart, whichever they have. */
const marks = ["url", "value", "code", "family", "city", "postalCode", "reference", "display", "text"] as const;

function isSame(one: JsonObject, other: JsonObject): boolean {
  for (const mark of marks) {
    if (one[mark] === undefined || other[mark] === undefined) continue;
    return one[mark] === other[mark];
  }
  const [coding, otherCoding] = [one.coding, other.coding];
  if (!Array.isArray(coding) || !Array.isArray(otherCoding)) return false;
  return coding.some((each) => otherCoding.some((code) => isObject(each) && isObject(code) && each.code === code.code));
}

const choices = [
  "value",
  "effective",
  "onset",
  "occurrence",
  "performed",
  "collected",
  "additive",
  "timing",
  "abatement",
];

function isOtherChoice(into: JsonObject, key: string): boolean {
  const choice = choices.find((name) => key.startsWith(name));
  return choice !== undefined && Object.keys(into).some((other) => other !== key && other.startsWith(choice));
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
