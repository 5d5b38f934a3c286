import { failed, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import type { Filter } from "../filter/filter.ts";
import type { Located } from "../filter/located.ts";
import { compileValueFilter } from "../filter/matches.ts";
import type { Attribute } from "../schema/attribute.ts";
import { scimProblem } from "../scim-problem.ts";
import type { PatchStep } from "./read-operations.ts";
import { typedValue, typedValues } from "./typed-value.ts";

type Holder = Record<string, Json>;

/** Changes values of an attribute of which there may be several. */
export function changeSeveral(holder: Holder, { attribute, sub }: Located, step: PatchStep): Result<unknown> {
  const before = valuesOf(holder, attribute);
  const picked = pickedBy(attribute, step);
  if (!picked.ok) return picked;
  const changing: Changing = { attribute, before, step, picks: picked.value };
  const after = sub === undefined ? changeWhole(changing) : changeParts(changing, sub);
  if (!after.ok) return after;
  if (after.value.length > limits.scimValuesMax) {
    return failed(scimProblem("invalidValue", `${attribute.name} has at most ${limits.scimValuesMax} values.`));
  }
  if (after.value.length === 0) delete holder[attribute.name];
  else holder[attribute.name] = onePrimary(before, after.value) as unknown as Json;
  return ok(undefined);
}

interface Changing {
  readonly attribute: Attribute;
  readonly before: readonly JsonObject[];
  readonly step: PatchStep;
  /** Undefined without a filter: then all are meant. */
  readonly picks: ((value: JsonObject) => boolean) | undefined;
}

function valuesOf(holder: Holder, { name }: Attribute): readonly JsonObject[] {
  const value = holder[name];
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

function pickedBy(attribute: Attribute, { path }: PatchStep): Result<Changing["picks"]> {
  return path.filter === undefined ? ok(undefined) : compileValueFilter(attribute, path.filter);
}

function changeWhole(changing: Changing): Result<readonly JsonObject[]> {
  const { attribute, before, step, picks } = changing;
  const { op, value } = step;
  if (op === "remove") return removeWhole(changing);
  if (value === null || value === undefined)
    return ok(picks === undefined ? [] : before.filter((each) => !picks(each)));
  const given = typedValues(attribute, value);
  if (!given.ok) return given;
  if (picks === undefined) return ok(op === "replace" ? distinct(given.value) : distinct([...before, ...given.value]));
  const [first = {}] = given.value;
  return ok(changedOrAdded(changing, first, (each) => ({ ...(op === "add" ? each : {}), ...first })));
}

/**
 * A removal that names values takes those away and no others: read by the letter, Entra's removal of one member would empty
 * the whole group. A list that is empty names nobody.
 */
function removeWhole({ attribute, before, step, picks }: Changing): Result<readonly JsonObject[]> {
  const { value } = step;
  if (picks !== undefined) return ok(before.filter((each) => !picks(each)));
  if (value === undefined || value === null) return ok([]);
  const named = typedValues(attribute, value);
  if (!named.ok) return named;
  if (named.value.some((each) => Object.keys(each).length === 0)) {
    return failed(scimProblem("invalidValue", "What is to be removed is not named.", "value"));
  }
  return ok(before.filter((each) => !named.value.some((one) => isNamed(each, one))));
}

/** By its `value` where one is given, else by all that is given. */
function isNamed(each: JsonObject, one: JsonObject): boolean {
  if (one.value !== undefined) return each.value === one.value;
  return Object.entries(one).every(([name, part]) => each[name] === part);
}

function changeParts(changing: Changing, sub: Attribute): Result<readonly JsonObject[]> {
  const { before, step, picks } = changing;
  const { op, value } = step;
  if (op === "remove" || value === null || value === undefined) {
    const without = ({ [sub.name]: _, ...rest }: JsonObject): JsonObject => rest;
    const after = before.map((each) => (picks === undefined || picks(each) ? without(each) : each));
    return ok(after.filter(hasContent));
  }
  const typed = typedValue(sub, value);
  if (!typed.ok) return typed;
  const part = { [sub.name]: typed.value };
  return ok(changedOrAdded(changing, part, (each) => ({ ...each, ...part })));
}

/** A type and a mark without anything they are of say nothing. */
function hasContent(value: JsonObject): boolean {
  return Object.keys(value).some((name) => name !== "type" && name !== "primary");
}

/**
 * Where nothing is picked, the value that the filter describes is made: directories set `emails[type eq "work"].value` before
 * there is one, by replace as by add. By the letter a replacement of nothing would be refused.
 */
function changedOrAdded(
  { attribute, before, picks, step }: Changing,
  made: JsonObject,
  change: (each: JsonObject) => JsonObject,
): readonly JsonObject[] {
  if (before.some((each) => picks === undefined || picks(each))) {
    return before.map((each) => (picks === undefined || picks(each) ? change(each) : each));
  }
  const described = typedValues(attribute, describedBy(step.path.filter));
  return [...before, { ...(described.ok ? described.value[0] : {}), ...made }];
}

function describedBy(filter: Filter | undefined): JsonObject {
  if (filter?.is === "and") return Object.assign({}, ...filter.of.map(describedBy)) as JsonObject;
  if (filter?.is !== "compare" || filter.by !== "eq" || filter.path.name === undefined) return {};
  return { [filter.path.name]: filter.value };
}

function distinct(values: readonly JsonObject[]): readonly JsonObject[] {
  const seen = new Map<string, JsonObject>();
  for (const each of values) {
    const key = JSON.stringify([each.value ?? each, each.type]);
    seen.set(key, { ...seen.get(key), ...each });
  }
  return [...seen.values()];
}

/** Of several values one may be the primary: the one that has just become so. Source: RFC 7643 §2.4. */
function onePrimary(before: readonly JsonObject[], after: readonly JsonObject[]): readonly JsonObject[] {
  const was = new Set(before.filter(({ primary }) => primary === true).map(({ value }) => String(value)));
  const primaries = after.filter(({ primary }) => primary === true);
  if (primaries.length < 2) return after;
  const kept = primaries.findLast(({ value }) => !was.has(String(value))) ?? primaries.at(-1);
  return after.map((each) => (each.primary === true && each !== kept ? { ...each, primary: false } : each));
}
