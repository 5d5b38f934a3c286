import type { ClockExtension, ClockStop } from "../clock/clock-rule.ts";
import type { ItemState, StepName } from "../lists/life.ts";
import type { Mark } from "../lists/list-definition.ts";

export const itemKind = "GovernanceItem";

/** Who did something, when, and why. */
export type Said = {
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  /** Instant. */
  readonly at: string;
  readonly why?: string;
};

export type ItemNote = Said & { readonly text: string };

/** What was done with an item: of each of its versions one. */
export type ItemChange = Said & { readonly did: StepName | "create" | "change" | "assign" | "note" | "check" | "pack" };

/** One entry of one working list. */
export type GovernanceItem = {
  /** The name of its list. */
  readonly list: string;
  /** `SAR-2026-0007`. */
  readonly reference: string;
  readonly title: string;
  readonly state: ItemState;
  /** `Patient/7c…`. */
  readonly patient?: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Instants at which a mark of its life was reached; `received` is always there. */
  readonly marks: Readonly<Partial<Record<Mark, string>>>;
  readonly stops: readonly ClockStop[];
  readonly extension?: ClockExtension;
  readonly assignee?: { readonly reference: string; readonly display: string };
  readonly tags: readonly string[];
  readonly notes: readonly ItemNote[];
  /** What was ticked off, by the name of the check. */
  readonly checks: Readonly<Record<string, Said>>;
  readonly outcome?: string;
  /** The Flag on the patient's record while it stands: `Flag/…`. */
  readonly flag?: string;
  /** The first moment that is too late for the next thing that is due; absent while nothing is, or the clock stands. */
  readonly dueAt?: string;
  /** Of one that is closed: whether every clock was met. */
  readonly onTime?: boolean;
  readonly changed: ItemChange;
};
