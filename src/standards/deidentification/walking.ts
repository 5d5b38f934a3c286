import type { Json, JsonObject } from "#kernel";
import type { Shape } from "#standards/fhir";
import type { FhirPath } from "#standards/fhirpath";
import type { Keyed } from "./project.ts";
import type { Rule } from "./rule.ts";

/** What becomes of a value; undefined removes it. */
export type Treatment = (value: Json, walking: Walking) => Json | undefined;

/** What becomes of each key of a JSON object. */
export interface Plan {
  readonly shape: Shape;
  readonly members: ReadonlyMap<string, Member>;
  readonly conditional: readonly ConditionalRule[];
}

export interface Member {
  readonly treat: Treatment;
  /** How the report calls what this does: the path of the rule and its method. */
  readonly label: string;
  readonly isPrimitive: boolean;
  readonly isRequired: boolean;
  /** Whether an object is entered, so that its parts count and not itself. */
  readonly isEntered: boolean;
}

/** A rule whose path is more than names, made ready. */
export interface ConditionalRule {
  readonly rule: Rule;
  readonly path: FhirPath;
  readonly treatmentAt: (type: string) => Treatment;
}

/** Where walkers get the plans of what they come to. */
export interface PlanSource {
  readonly extensions: ReadonlySet<string>;
  planOf(shapeName: string): Plan | undefined;
}

/** What a rule with conditions says of single places: by the object or array that holds them, and the key or index. */
export type Overrides = Map<object, Map<string | number, Treatment>>;

/** One resource on its way. */
export interface Walking {
  readonly plans: PlanSource;
  readonly keyed: Keyed;
  /** By how many days this patient's dates move. */
  readonly days: number;
  /** Years before this are told as this one. */
  readonly yearMin: number;
  readonly counts: RuleCounts;
  /** The marks in the last object of which nothing else was left, for where it is required all the same. */
  husk: JsonObject | undefined;
  overrides: Overrides | undefined;
  depth: number;
}

/** How often each rule changed or removed something. */
export class RuleCounts {
  readonly counts = new Map<string, number>();

  add(rule: string, count = 1): void {
    this.counts.set(rule, (this.counts.get(rule) ?? 0) + count);
  }
}
