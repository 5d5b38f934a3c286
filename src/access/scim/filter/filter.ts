/** Names an attribute: `name.familyName`, or with the schema before it. */
export interface AttributePath {
  /** URN of the schema, where it is named. */
  readonly schema?: string;
  /** Absent where a whole extension is meant. */
  readonly name?: string;
  readonly sub?: string;
}

export const comparisons = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;

export type Comparison = (typeof comparisons)[number];

/** Source: RFC 7644 §3.4.2.2 Figure 1. */
export type Filter =
  | { readonly is: "and" | "or"; readonly of: readonly Filter[] }
  | { readonly is: "not"; readonly of: Filter }
  | { readonly is: "present"; readonly path: AttributePath }
  | {
      readonly is: "compare";
      readonly path: AttributePath;
      readonly by: Comparison;
      readonly value: string | number | boolean | null;
    }
  /** A value of several for which the filter holds: `emails[type eq "work"]`. */
  | { readonly is: "has"; readonly path: AttributePath; readonly of: Filter };

/** Where a patch is to act: `emails[type eq "work"].value`. Source: RFC 7644 §3.5.2 Figure 7. */
export interface PatchPath extends AttributePath {
  readonly filter?: Filter;
}
