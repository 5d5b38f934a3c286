import type { SearchParameterType } from "#standards/fhir";

/** How a value is compared: a modifier behind the name, or a prefix before the value. */
export interface Way {
  readonly label: string;
  readonly modifier: string;
  readonly prefix: string;
  /** The whole value, where there is nothing to fill in. */
  readonly fixed?: string;
}

const given: readonly Way[] = [
  { label: "is given", modifier: "missing", prefix: "", fixed: "false" },
  { label: "is not given", modifier: "missing", prefix: "", fixed: "true" },
];

const plain = (label: string): Way => ({ label, modifier: "", prefix: "" });
const modified = (label: string, modifier: string): Way => ({ label, modifier, prefix: "" });
const prefixed = (label: string, prefix: string): Way => ({ label, modifier: "", prefix });

const amounts: readonly Way[] = [
  plain("is"),
  prefixed("is not", "ne"),
  prefixed("is more than", "gt"),
  prefixed("is less than", "lt"),
  prefixed("is at least", "ge"),
  prefixed("is at most", "le"),
  prefixed("is about", "ap"),
  ...given,
];

const canonical: readonly Way[] = [modified("is under", "below"), modified("is above", "above")];

/** In R4's order of types, in words. Source: FHIR R4 §3.1.1.4.4 (modifiers), §3.1.1.4.5 (prefixes). */
const table: Readonly<Record<SearchParameterType, readonly Way[]>> = {
  number: amounts,
  date: [
    plain("is within"),
    prefixed("is not within", "ne"),
    prefixed("is after", "gt"),
    prefixed("is before", "lt"),
    prefixed("is from", "ge"),
    prefixed("is until", "le"),
    prefixed("starts after", "sa"),
    prefixed("ends before", "eb"),
    prefixed("is about", "ap"),
    ...given,
  ],
  string: [plain("starts with"), modified("contains", "contains"), modified("is exactly", "exact"), ...given],
  token: [
    plain("is"),
    modified("is not", "not"),
    modified("has the text", "text"),
    modified("is in the value set", "in"),
    modified("is not in the value set", "not-in"),
    ...canonical,
    modified("is a number of the type", "of-type"),
    ...given,
  ],
  reference: [plain("is"), modified("has the identifier", "identifier"), ...canonical, ...given],
  composite: [plain("is"), ...given],
  quantity: amounts,
  uri: [plain("is"), ...canonical, ...given],
  special: [plain("is")],
};

export function waysOf(type: SearchParameterType): readonly Way[] {
  return table[type];
}

/** The way that a modifier and a value show, and the value without its prefix. */
export function wayOf(
  type: SearchParameterType,
  modifier: string,
  value: string,
): { readonly way: Way; readonly rest: string } {
  const ways = table[type].filter((way) => way.modifier === modifier);
  const fixed = ways.find((way) => way.fixed === value);
  const byPrefix = ways.find(({ prefix }) => prefix !== "" && value.startsWith(prefix));
  const way = fixed ?? byPrefix ?? ways.find(({ prefix }) => prefix === "") ?? modified(`:${modifier}`, modifier);
  return {
    way,
    rest:
      value.startsWith("eq") && way.prefix === "" && type !== "string" && isAmount(type)
        ? value.slice(2)
        : value.slice(way.prefix.length),
  };
}

function isAmount(type: SearchParameterType): boolean {
  return type === "number" || type === "date" || type === "quantity";
}
