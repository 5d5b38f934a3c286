import type { Json } from "#kernel";
import { postcodeArea } from "../areas.ts";
import { isMeasured } from "../code-forms.ts";
import { generalizeFhirDate, shiftDatesInText, shiftFhirDate } from "../dates.ts";
import { madeUpTelephone } from "../made-up.ts";
import type { Rule } from "../rule.ts";
import type { Treatment, Walking } from "../walking.ts";
import { mappedLink } from "./links.ts";

/** What a rule does with a text or number of a primitive type. `codes` are those allowed by a required binding. */
export interface PrimitiveUse {
  readonly type: string;
  readonly codes: ReadonlySet<string> | undefined;
  readonly published: readonly string[];
}

const dateTypes: readonly string[] = ["date", "dateTime", "instant"];
const numberTypes: readonly string[] = ["decimal", "integer", "positiveInt", "unsignedInt"];
const linkTypes: readonly string[] = ["uri", "url", "canonical", "oid", "uuid"];

export function primitiveTreatment(rule: Rule, use: PrimitiveUse): Treatment {
  switch (rule.method) {
    case "redact":
      return () => undefined;
    case "keep":
      return keeping(rule, use);
    case "review":
      return reviewing(use);
    case "dateShift":
      return dateTypes.includes(use.type) ? shifting : shiftingText;
    case "generalize":
      return dateTypes.includes(use.type) ? generalizing(use.type === "instant") : toArea;
    case "pseudonym":
      return pseudonymOf(rule.as ?? use.type);
    case "substitute":
      return substituting(rule);
    case "perturb":
      return perturbing(rule.spread ?? 0, use.type);
  }
}

function keeping({ matching }: Rule, { type, codes }: PrimitiveUse): Treatment {
  if (numberTypes.includes(type))
    return (value) => (typeof value === "number" && isMeasured(value) ? value : undefined);
  if (type === "boolean") return (value) => (typeof value === "boolean" ? value : undefined);
  if (codes !== undefined) return (value) => (typeof value === "string" && codes.has(value) ? value : undefined);
  const pattern = matching === undefined ? undefined : new RegExp(`^(?:${matching})$`, "u");
  return (value) => (typeof value === "string" && (pattern?.test(value) ?? true) ? value : undefined);
}

/** Languages, MIME types, currencies and FHIR's own type names: codes that no list of R4 holds. */
const openCode =
  /^(?:[a-z]{2,3}(?:-[A-Z]{2})?|(?:application|audio|font|image|model|text|video)\/[a-z0-9.+-]{1,60}|[A-Z]{3})$/;

function reviewing(use: PrimitiveUse): Treatment {
  const { type, codes, published } = use;
  if (type === "code" && codes === undefined)
    return (value) => (typeof value === "string" && openCode.test(value) ? value : undefined);
  if (linkTypes.includes(type))
    return (value, { keyed }) =>
      typeof value === "string" && isPublished(value, published) && !keyed.isCalled(value) ? value : undefined;
  if (type === "string" || type === "markdown" || type === "xhtml")
    return (value, { keyed }) => (typeof value === "string" && keyed.isReviewed(value) ? value : undefined);
  return keeping({ path: "", method: "keep" }, use);
}

/** An address of published definitions; one with a long number in it names somebody, unless it is an OID. */
export function isPublished(text: string, published: readonly string[]): boolean {
  const isOid = text.startsWith("urn:oid:");
  return (
    !/[?\s]/.test(text) &&
    !(isOid ? /\d{8}/ : /\d{6}/).test(text) &&
    published.some((prefix) => text.startsWith(prefix))
  );
}

function shifting(value: Json, { days, yearMin }: Walking): Json | undefined {
  return typeof value === "string" ? shiftFhirDate(value, days, yearMin) : undefined;
}

function shiftingText(value: Json, { days }: Walking): Json | undefined {
  return typeof value === "string" ? shiftDatesInText(value, days) : undefined;
}

function generalizing(isInstant: boolean): Treatment {
  return (value, { yearMin }) =>
    typeof value === "string" ? generalizeFhirDate(value, { isInstant, yearMin }) : undefined;
}

/** The only text that says less and still something is a postcode. */
function toArea(value: Json): Json | undefined {
  return typeof value === "string" ? postcodeArea(value) : undefined;
}

function pseudonymOf(type: string): Treatment {
  if (type === "uid") return (value, { keyed }) => (typeof value === "string" ? keyed.uid(value) : undefined);
  if (type === "id") return (value, { keyed }) => (typeof value === "string" ? keyed.id(value) : undefined);
  if (linkTypes.includes(type))
    return (value, { keyed }) => (typeof value === "string" ? mappedLink(value, keyed, "absolute") : undefined);
  return (value, { keyed }) => (typeof value === "string" ? identifierText(value, keyed) : undefined);
}

/** An identifier that is a UUID or OID stays one. */
function identifierText(value: string, keyed: Walking["keyed"]): string {
  return /^urn:(?:uuid|oid):/.test(value) ? (mappedLink(value, keyed, "absolute") ?? "") : keyed.identifier(value);
}

function substituting({ with: text }: Rule): Treatment {
  if (text !== undefined) return () => text;
  return (value, { keyed }) => (typeof value === "string" ? madeUpTelephone(keyed, value) : undefined);
}

/** The same number of the same patient always moves alike. */
function perturbing(spread: number, type: string): Treatment {
  return (value, { keyed, days }) => {
    if (typeof value !== "number" || !numberTypes.includes(type)) return undefined;
    const part = keyed.choice("perturb", `${days}|${value}`, 2_001) / 1_000 - 1;
    const moved = value * (1 + spread * part);
    return type === "decimal" ? Number(moved.toPrecision(4)) : Math.round(moved);
  };
}
