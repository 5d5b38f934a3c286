import type { Json } from "#kernel";
import type { ConfigurationFile } from "./configuration.ts";

/** What the forms of the set-up are made of: the settings of links and destinations, as their schemas know them. */
export interface ConfigurationForms {
  readonly link: readonly FormField[];
  readonly destination: readonly FormField[];
  /** What runs until something is deployed. */
  readonly standing: readonly ConfigurationFile[];
}

export interface FormWords {
  /** A few words: `Port`. */
  readonly title: string;
  /** A sentence under the field. */
  readonly help?: string;
}

export type FormField = FormWords & {
  /** The member of the file: `port`. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly kind: FormKind;
};

export type FormKind =
  | { readonly is: "text"; readonly usual?: string; readonly of?: FormNames }
  | { readonly is: "number"; readonly usual?: number }
  | { readonly is: "yes-or-no"; readonly usual?: boolean }
  | { readonly is: "choice"; readonly choices: readonly FormChoice[]; readonly usual?: string }
  | { readonly is: "list"; readonly item: FormKind }
  /** A value for each name. */
  | { readonly is: "table"; readonly value: FormKind }
  | { readonly is: "group"; readonly fields: readonly FormField[] }
  /** One of several ways. `by`: the member that says which; without it the value itself is one of the literals, or a group. */
  | { readonly is: "either"; readonly by?: string; readonly ways: readonly FormWay[]; readonly usual?: Json };

/** Names of these are to be chosen. */
export type FormNames = "destinations";

export interface FormChoice {
  readonly value: string;
  readonly title: string;
}

export interface FormWay extends FormWords {
  /** The value of `by`, or the literal. Absent: a group without one. */
  readonly value?: Json;
  readonly fields: readonly FormField[];
}
