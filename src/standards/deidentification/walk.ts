import { isJsonObject, type Json, type JsonObject, limits, writtenNumbers, writtenNumbersOf } from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { ConditionalRule, Member, Overrides, Plan, Walking } from "./walking.ts";

/** Says in place of a required element that there was something. Source: FHIR R4 extension data-absent-reason. */
const absentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
export const masked: JsonObject = { extension: [{ url: absentReason, valueCode: "masked" }] };

/** What remains of a resource within another, or of a whole one; undefined for what is none. */
export function walkResource(value: Json, walking: Walking): JsonObject | undefined {
  const type = isJsonObject(value) ? value.resourceType : undefined;
  if (!isJsonObject(value) || typeof type !== "string" || !isResourceType(type)) return undefined;
  const plan = walking.plans.planOf(type);
  if (plan === undefined || walking.depth > limits.jsonDepthMax) return undefined;
  return { resourceType: type, ...walkObject(plan, value, walking) };
}

/** The elements that rules leave of an object; undefined where nothing is left but marks of what was removed. */
export function walkObject(plan: Plan, object: JsonObject, walking: Walking): JsonObject | undefined {
  if (walking.depth > limits.jsonDepthMax) return undefined;
  if (plan.conditional.length > 0) findPlaces(plan.conditional, object, walking);
  const left: Record<string, Json> = {};
  let isSomething = false;
  walking.depth += 1;
  for (const key in object) {
    const value = object[key];
    if (value === undefined || key === "resourceType") continue;
    const isBeside = key.charCodeAt(0) === 95;
    const member = plan.members.get(isBeside ? key.slice(1) : key);
    if (member === undefined) walking.counts.add("not of the type");
    else if (isBeside) isSomething = walkBeside(key, value, { object, left, member, walking }) || isSomething;
    else isSomething = walkMember(key, value, { object, left, member, walking }) || isSomething;
  }
  walking.depth -= 1;
  if (!isSomething) {
    walking.husk = left;
    return undefined;
  }
  keepWrittenNumbers(object, left);
  return left;
}

interface At {
  readonly object: JsonObject;
  readonly left: Record<string, Json>;
  readonly member: Member;
  readonly walking: Walking;
}

/** Whether anything of the element is left. */
function walkMember(key: string, value: Json, { object, left, member, walking }: At): boolean {
  walking.husk = undefined;
  const kept = Array.isArray(value)
    ? walkArray(value, member, walking)
    : treated(value, { holder: object, at: key, member, walking });
  if (kept !== undefined) {
    left[key] = kept;
    return true;
  }
  if (!member.isRequired) return false;
  // An array of primitives tells of what is missing beside itself, like a single one.
  const husk = { ...masked, ...(walking.husk as JsonObject | undefined) };
  const mark = Array.isArray(value) ? [husk] : husk;
  left[member.isPrimitive ? `_${key}` : key] = mark;
  return false;
}

function walkArray(items: readonly Json[], member: Member, walking: Walking): Json | undefined {
  const kept: Json[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (item === undefined) continue;
    const left = treated(item, { holder: items, at: index, member, walking });
    if (left !== undefined) kept.push(left);
  }
  return kept.length === 0 ? undefined : kept;
}

interface Place {
  readonly holder: object;
  readonly at: string | number;
  readonly member: Member;
  readonly walking: Walking;
}

function treated(value: Json, { holder, at, member, walking }: Place): Json | undefined {
  const override = walking.overrides?.get(holder)?.get(at);
  const left = (override ?? member.treat)(value, walking);
  if (left !== value && (!member.isEntered || left === undefined)) walking.counts.add(member.label);
  return left;
}

/** `_birthDate`: listed extensions of a value that stays; those of several values side by side are removed. */
function walkBeside(key: string, value: Json, { object, left, member, walking }: At): boolean {
  if (!member.isPrimitive || !isJsonObject(value) || !Array.isArray(value.extension)) return false;
  const kept = value.extension.flatMap((one) => walkExtension(one, walking, "") ?? []);
  if (kept.length === 0 || Array.isArray(object[key.slice(1)])) return false;
  left[key] = { extension: kept };
  return true;
}

/** An extension that the set lists, its value by the rule of its type. */
export function walkExtension(value: Json, walking: Walking, within: string): Json | undefined {
  if (!isJsonObject(value) || typeof value.url !== "string") return undefined;
  const address = within === "" ? value.url : `${within}#${value.url}`;
  const { plans } = walking;
  if (!plans.extensions.has(address) && address !== absentReason) {
    walking.counts.add("Extension not listed");
    return undefined;
  }
  const { url, extension, id: _id, ...rest } = value;
  const inner = Array.isArray(extension) ? extension.flatMap((one) => walkExtension(one, walking, address) ?? []) : [];
  if (address === absentReason) return isReason(rest.valueCode) ? { url, valueCode: rest.valueCode } : undefined;
  const plan = plans.planOf("Extension");
  const kept = plan === undefined ? undefined : walkObject(plan, rest, walking);
  if (kept === undefined && inner.length === 0) return undefined;
  return { ...(inner.length === 0 ? {} : { extension: inner }), url, ...kept };
}

function isReason(code: Json | undefined): code is string {
  return typeof code === "string" && /^[a-z-]{5,20}$/.test(code);
}

/** Notes what rules with conditions say of places in this object. */
function findPlaces(rules: readonly ConditionalRule[], object: JsonObject, walking: Walking): void {
  for (const { path, rule, treatmentAt } of rules) {
    const found = path.locate(object);
    if (!found.ok) continue;
    for (const place of found.value) {
      let holder: unknown = object;
      for (const step of place.path.slice(0, -1))
        holder = (holder as Record<string | number, unknown> | undefined)?.[step];
      const last = place.path.at(-1);
      if (typeof holder !== "object" || holder === null || last === undefined) continue;
      walking.overrides ??= new Map() as Overrides;
      const places = walking.overrides.get(holder) ?? new Map();
      places.set(last, (value: Json, at: Walking) => {
        at.counts.add(`${rule.path} ${rule.method}`);
        return treatmentAt(place.type)(value, at);
      });
      walking.overrides.set(holder, places);
    }
  }
}

/** How unusual numbers were written goes on with them. */
function keepWrittenNumbers(object: JsonObject, left: Record<string, Json>): void {
  const written = writtenNumbersOf(object);
  if (written === undefined) return;
  const kept = Object.entries(written).filter(([key]) => left[key] === object[key]);
  Object.defineProperty(left, writtenNumbers, { value: Object.fromEntries(kept), enumerable: true });
}
