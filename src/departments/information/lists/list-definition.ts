import type { ClockRule } from "../clock/clock-rule.ts";
import type { ItemState, StepName } from "./life.ts";

/** A field of an item, as data: its form and its facts are drawn from it. */
export interface ListField {
  readonly name: string;
  readonly label: string;
  readonly takes: "line" | "text" | "day" | "number" | "yes-no" | "choice";
  readonly choices?: readonly Choice[];
  readonly isNeeded?: true;
  readonly hint?: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Outcome extends Choice {
  /** Only what is so: the patient's record must have the mark, or must not. */
  readonly isMarked?: boolean;
}

/** What is to be ticked off before an item is done; a needed one must be. */
export interface CheckDefinition {
  readonly name: string;
  readonly label: string;
  readonly isNeeded?: true;
  /** By somebody else than whoever finishes. */
  readonly byAnother?: true;
}

/** The moments of an item's life that clocks start and end by. */
export type Mark = "received" | "acknowledged" | "closed" | "reported" | "reviewed";

export interface ListClock {
  readonly rule: ClockRule;
  /** The last of these that has come; `received` always has. */
  readonly startsBy: "received" | "reviewed";
  /** A clock that ends by nothing begins anew with each review. */
  readonly endsBy?: Mark;
  /** The field that says how many months it takes, where it is filled in. */
  readonly monthsField?: string;
}

/** One working list: what an item of it is, what may be done with it, and by when. */
export interface ListDefinition {
  /** Stable, kebab-case: it is stored with each item. */
  readonly name: string;
  /** One of it: `Subject access request`. */
  readonly title: string;
  /** Many of it: `Subject access`. */
  readonly plural: string;
  /** What its reference begins with: `SAR`. */
  readonly prefix: string;
  readonly area: "requests" | "registers" | "retention";
  readonly patient: "needed" | "possible" | "none";
  readonly begins: ItemState;
  readonly fields: readonly ListField[];
  readonly clocks: readonly ListClock[];
  readonly steps: readonly StepName[];
  readonly checks: readonly CheckDefinition[];
  readonly outcomes: readonly Outcome[];
  /** What a mark on the patient says while it stands. */
  readonly markOf?: { readonly code: string; readonly text: string };
}
