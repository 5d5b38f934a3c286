import type { QueryPlace } from "./error.ts";

/** The executable part of GraphQL. Source: GraphQL (October 2021) §2. */
export interface GraphqlDocument {
  readonly operations: readonly Operation[];
  readonly fragments: ReadonlyMap<string, Fragment>;
}

export interface Operation {
  readonly type: "query" | "mutation" | "subscription";
  readonly name: string | undefined;
  readonly variables: readonly VariableDefinition[];
  readonly selections: readonly Selection[];
  readonly at: QueryPlace;
}

export interface VariableDefinition {
  readonly name: string;
  readonly type: VariableType;
  readonly fallback: Value | undefined;
  readonly at: QueryPlace;
}

export type VariableType =
  | { readonly is: "named"; readonly name: string; readonly isRequired: boolean }
  | { readonly is: "list"; readonly of: VariableType; readonly isRequired: boolean };

export interface Fragment {
  readonly name: string;
  /** The type it applies to. */
  readonly on: string;
  readonly selections: readonly Selection[];
  readonly at: QueryPlace;
}

export type Selection =
  | Field
  | {
      readonly is: "spread";
      readonly fragment: string;
      readonly directives: readonly Directive[];
      readonly at: QueryPlace;
    }
  | {
      readonly is: "inline";
      /** Undefined: whatever the type. */
      readonly on: string | undefined;
      readonly directives: readonly Directive[];
      readonly selections: readonly Selection[];
      readonly at: QueryPlace;
    };

export interface Field {
  readonly is: "field";
  /** In the answer: the alias where there is one. */
  readonly responseName: string;
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly directives: readonly Directive[];
  /** Undefined where no braces stand. */
  readonly selections: readonly Selection[] | undefined;
  readonly at: QueryPlace;
}

export interface Argument {
  readonly name: string;
  readonly value: Value;
  readonly at: QueryPlace;
}

export interface Directive {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly at: QueryPlace;
}

export type Value =
  | { readonly is: "variable"; readonly name: string; readonly at: QueryPlace }
  | { readonly is: "number"; readonly text: string }
  | { readonly is: "string"; readonly text: string }
  | { readonly is: "boolean"; readonly value: boolean }
  | { readonly is: "null" }
  | { readonly is: "enum"; readonly name: string }
  | { readonly is: "list"; readonly items: readonly Value[] }
  | { readonly is: "object"; readonly members: readonly Argument[] };
