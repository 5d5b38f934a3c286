/**
 * One condition of a search, read but not yet run. `any` holds the alternatives (written with commas), of which one must
 * hold. `parameter` is the code of the search parameter. Source: FHIR R4 §3.1.1.4.
 */
export type Criterion =
  | { readonly kind: "missing"; readonly parameter: string; readonly missing: boolean }
  | {
      readonly kind: "token";
      readonly parameter: string;
      readonly modifier: "not" | "above" | "below" | undefined;
      readonly any: readonly TokenValue[];
    }
  /** `:text`: words of a display or a text, as they were written. */
  | { readonly kind: "token-text"; readonly parameter: string; readonly any: readonly string[] }
  /** `:in` and `:not-in`: the addresses of value sets. */
  | {
      readonly kind: "token-in";
      readonly parameter: string;
      readonly negated: boolean;
      readonly any: readonly string[];
    }
  /** `:of-type`: an identifier by the code of its type. */
  | { readonly kind: "token-of-type"; readonly parameter: string; readonly any: readonly TypedIdentifier[] }
  | {
      readonly kind: "string";
      readonly parameter: string;
      /** Undefined: a value starts with the text. `equal` and `ends` are of filters, upper and lower case alike. */
      readonly modifier: "exact" | "contains" | "equal" | "ends" | undefined;
      readonly any: readonly StringValue[];
    }
  | { readonly kind: "date"; readonly parameter: string; readonly any: readonly DateValue[] }
  | { readonly kind: "number"; readonly parameter: string; readonly any: readonly NumberValue[] }
  | { readonly kind: "quantity"; readonly parameter: string; readonly any: readonly QuantityValue[] }
  | {
      readonly kind: "reference";
      readonly parameter: string;
      readonly modifier: "above" | "below" | undefined;
      readonly any: readonly ReferenceValue[];
    }
  /** `:identifier`: a reference by Reference.identifier. */
  | { readonly kind: "reference-identifier"; readonly parameter: string; readonly any: readonly TokenValue[] }
  | {
      readonly kind: "uri";
      readonly parameter: string;
      readonly modifier: "above" | "below" | undefined;
      readonly any: readonly string[];
    }
  /** Each alternative holds one criterion for every component, with one value each. */
  | { readonly kind: "composite"; readonly parameter: string; readonly any: readonly (readonly Criterion[])[] }
  | { readonly kind: "special"; readonly parameter: string; readonly any: readonly string[] }
  /** `near`: a place, and how far from it something may be. */
  | { readonly kind: "near"; readonly parameter: string; readonly any: readonly NearValue[] }
  /** Of `_filter`. */
  | { readonly kind: "all" | "any"; readonly of: readonly Criterion[] }
  | { readonly kind: "not"; readonly of: Criterion }
  /** `subject:Patient.name=…`: one of the types a reference may point at, with what must hold of the resource there. */
  | { readonly kind: "chain"; readonly parameter: string; readonly to: readonly ChainTarget[] }
  /** `_has:Observation:patient:code=…`: some resource of type `source` refers here by `parameter`, and `criterion` holds of it. */
  | {
      readonly kind: "reverse-chain";
      readonly source: string;
      readonly parameter: string;
      readonly criterion: Criterion;
    };

export interface ChainTarget {
  readonly type: string;
  readonly criterion: Criterion;
}

/** `code` has `system` undefined: any; `|code` has an empty one: none. `system|` has `code` undefined: any. */
export interface TokenValue {
  readonly system: string | undefined;
  readonly code: string | undefined;
}

export interface TypedIdentifier {
  readonly typeSystem: string;
  readonly typeCode: string;
  readonly value: string;
}

export interface StringValue {
  readonly text: string;
  /** By `normaliseText`. */
  readonly normalised: string;
}

/** Source: FHIR R4 §3.1.1.4.5 (prefixes). */
export const searchPrefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"] as const;
export type SearchPrefix = (typeof searchPrefixes)[number];

/** The time that the date as written covers; `toMs` is exclusive. */
export interface DateValue {
  /** `po` is of filters: the spans have time in common. */
  readonly prefix: SearchPrefix | "po";
  readonly fromMs: number;
  readonly toMs: number;
}

/** `low` to `high` is what the number as written covers: 100 covers 99.5 to 100.5, and 100.0 covers 99.95 to 100.05. */
export interface NumberValue {
  readonly prefix: SearchPrefix;
  readonly value: number;
  readonly low: number;
  /** Exclusive. */
  readonly high: number;
}

/** `system` and `code` undefined: any; `system` undefined with a code: the code of any system, or the unit. */
export interface QuantityValue extends NumberValue {
  readonly system: string | undefined;
  readonly code: string | undefined;
}

/** Degrees of WGS84; `distance` is undefined where none is asked for. */
export interface NearValue {
  readonly latitude: number;
  readonly longitude: number;
  readonly distance: number | undefined;
  /** A unit of length in UCUM. */
  readonly unit: string;
}

/** `types` are those that the id may be of: one where it was written, otherwise those of the parameter; empty for any. */
export type ReferenceValue =
  | { readonly form: "id"; readonly types: readonly string[]; readonly id: string }
  | { readonly form: "url"; readonly url: string };
