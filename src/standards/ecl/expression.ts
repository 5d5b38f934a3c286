/** An expression constraint as a tree. Source: SNOMED CT Expression Constraint Language 2. */
export type EclExpression =
  /** `*` */
  | { readonly is: "any" }
  | { readonly is: "concept"; readonly code: string }
  | { readonly is: "operator"; readonly operator: EclOperator; readonly of: EclExpression }
  | { readonly is: "and" | "or"; readonly of: readonly EclExpression[] }
  | { readonly is: "minus"; readonly from: EclExpression; readonly without: EclExpression }
  | { readonly is: "refined"; readonly of: EclExpression; readonly by: EclRefinement }
  /** `< A . B`: what those of A have as values of B. */
  | { readonly is: "dotted"; readonly of: EclExpression; readonly attribute: EclExpression };

/** Below, above, directly or however far, itself among them or not; and `^`, the members of a reference set. */
export const eclOperators = ["<<!", ">>!", "<!", ">!", "<<", ">>", "<", ">", "^"] as const;
export type EclOperator = (typeof eclOperators)[number];

export type EclRefinement =
  | { readonly is: "and" | "or"; readonly of: readonly EclRefinement[] }
  /** All within one role group. */
  | { readonly is: "group"; readonly cardinality: EclCardinality; readonly of: EclRefinement }
  | EclAttribute;

export interface EclAttribute {
  readonly is: "attribute";
  readonly cardinality: EclCardinality;
  /** `R`: the attribute leads here from what the values name. */
  readonly isReversed: boolean;
  readonly name: EclExpression;
  readonly value: EclValue;
}

/** `max` undefined: any number. */
export interface EclCardinality {
  readonly min: number;
  readonly max: number | undefined;
}

export type EclValue =
  | { readonly is: "concepts"; readonly isNegated: boolean; readonly of: EclExpression }
  | { readonly is: "number"; readonly comparison: EclComparison; readonly number: number }
  | { readonly is: "text"; readonly isNegated: boolean; readonly text: string }
  | { readonly is: "boolean"; readonly isNegated: boolean; readonly boolean: boolean };

export const eclComparisons = ["<=", ">=", "!=", "=", "<", ">"] as const;
export type EclComparison = (typeof eclComparisons)[number];
