import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { isCodeOf } from "../code-forms.ts";
import { madeUpName } from "../made-up.ts";
import type { Rule } from "../rule.ts";
import type { Treatment, Walking } from "../walking.ts";
import { mappedLink, pseudonymSystem } from "./links.ts";
import { isPublished } from "./text.ts";

/** The elements of a type, each by its own rule. */
export type Enter = (object: JsonObject, walking: Walking) => JsonObject | undefined;

interface ElementUse {
  readonly type: string;
  readonly enter: Enter;
  readonly published: readonly string[];
}

const quantityTypes: readonly string[] = ["Quantity", "Age", "Count", "Distance", "Duration"];

/** What a rule does with an element that has parts. */
export function elementTreatment(rule: Rule, use: ElementUse): Treatment {
  const { enter, type } = use;
  const entering: Treatment = (value, walking) => (isJsonObject(value) ? enter(value, walking) : undefined);
  switch (rule.method) {
    case "redact":
      return () => undefined;
    case "keep":
    case "dateShift":
      return entering;
    case "review":
      if (type === "Coding") return (value, walking) => reviewedCoding(value, walking, use);
      if (quantityTypes.includes(type)) return (value, walking) => reviewedQuantity(value, walking, enter);
      return entering;
    case "generalize":
      return quantityTypes.includes(type) ? (value, walking) => atMost90(value, walking, enter) : entering;
    case "pseudonym":
      if (type === "Reference") return (value, walking) => pseudonymReference(value, walking, enter);
      return type === "Identifier" ? (value, walking) => pseudonymIdentifier(value, walking, enter) : entering;
    case "substitute":
      return type === "HumanName" ? (value, walking) => substitutedName(value, walking, enter) : entering;
    case "perturb":
      return quantityTypes.includes(type) ? (value, walking) => perturbed(value, walking, { rule, enter }) : entering;
  }
}

/** The shape of codes in published systems; a text with blanks is none. */
const codeShape = /^[A-Za-z0-9][A-Za-z0-9.:_+*/<>=^&~-]{0,63}$/;

/** A code of a published system stays; any other becomes a pseudonym, as lists of one's own may name people. */
function reviewedCoding(value: Json, walking: Walking, { enter, published }: ElementUse): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  const { system, code, ...others } = value;
  const rest = enter(others, walking);
  if (typeof code !== "string") return rest;
  if (
    typeof system === "string" &&
    isPublicCode(system, code, published) &&
    !walking.keyed.isCalled(`${system} ${code}`)
  )
    return { system, code, ...rest };
  walking.counts.add("Coding of an unpublished system");
  return { ...rest, system: pseudonymSystem, code: walking.keyed.identifier(code) };
}

function isPublicCode(system: string, code: string, published: readonly string[]): boolean {
  return isPublished(system, published) && codeShape.test(code) && isCodeOf(system, code);
}

const ucum = "http://unitsofmeasure.org";
const ucumShape = /^[A-Za-z0-9%[\]'"*/.()^+{}_-]{1,40}$/;

/** No unit has so many letters in a row, but for notes in braces. */
function isUnit(code: string): boolean {
  return ucumShape.test(code) && !/[A-Za-z]{6}|\d{6}/.test(code.replace(/\{[^}]*\}?/g, ""));
}

/** A unit stays as its UCUM code, without notes in braces unless these were reviewed. */
function reviewedQuantity(value: Json, walking: Walking, enter: Enter): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  const { unit, code, system, ...others } = value;
  const rest = enter(others, walking) ?? {};
  const kept = typeof unit === "string" && walking.keyed.isReviewed(unit) ? { unit } : {};
  if (system !== ucum || typeof code !== "string" || !isUnit(code)) {
    const left = { ...rest, ...kept };
    return Object.keys(left).length === 0 ? undefined : left;
  }
  const plain = code.replace(/\{([^}]*)\}?/g, (whole, note: string) => (walking.keyed.isReviewed(note) ? whole : "1"));
  return { ...rest, unit: plain, ...kept, system, code: plain };
}

const ageMax = 90;
const daysOf: Readonly<Record<string, number>> = { a: 365.25, mo: 30.44, wk: 7, d: 1, h: 1 / 24, min: 1 / 1440 };

/** An age over 89 becomes 90 years. */
function atMost90(value: Json, walking: Walking, enter: Enter): Json | undefined {
  const kept = reviewedQuantity(value, walking, enter);
  if (!isJsonObject(kept) || typeof kept.value !== "number") return kept;
  const unitDays = daysOf[typeof kept.code === "string" ? kept.code : "a"] ?? 365.25;
  if (kept.value * unitDays < ageMax * 365.25 - 0.5) return kept;
  return { ...kept, value: ageMax, unit: "a", system: ucum, code: "a" };
}

function pseudonymIdentifier(value: Json, walking: Walking, enter: Enter): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  const entered = enter(value, walking);
  return typeof value.value === "string" ? { ...entered, system: pseudonymSystem } : entered;
}

function pseudonymReference(value: Json, walking: Walking, enter: Enter): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  const { reference, ...others } = value;
  const rest = enter(others, walking);
  const mapped = typeof reference === "string" ? mappedLink(reference, walking.keyed, "relative") : undefined;
  return mapped === undefined ? rest : { reference: mapped, ...rest };
}

/** Prefixes, suffixes and the text as a whole are not made up. */
function substitutedName(value: Json, walking: Walking, enter: Enter): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  const { family, given, text, prefix: _prefix, suffix: _suffix, ...others } = value;
  const rest = enter(others, walking);
  const first = Array.isArray(given) ? given[0] : undefined;
  const words = typeof text === "string" && family === undefined ? text.split(" ") : [];
  const name = madeUpName(
    walking.keyed,
    typeof family === "string" ? family : (words.at(-1) ?? ""),
    typeof first === "string" ? first : (words[0] ?? ""),
  );
  return { ...rest, family: name.family, given: [name.given] };
}

function perturbed(value: Json, walking: Walking, { rule, enter }: { rule: Rule; enter: Enter }): Json | undefined {
  const kept = reviewedQuantity(value, walking, enter);
  if (!isJsonObject(kept) || typeof kept.value !== "number") return kept;
  const part = walking.keyed.choice("perturb", `${walking.days}|${kept.value}`, 2_001) / 1_000 - 1;
  return { ...kept, value: Number((kept.value * (1 + (rule.spread ?? 0) * part)).toPrecision(4)) };
}
