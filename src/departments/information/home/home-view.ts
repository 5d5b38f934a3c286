import type { ItemRow } from "../items/item-view.ts";

/** How one list stands. */
export interface ListStand {
  readonly list: string;
  readonly open: number;
  readonly overdue: number;
  readonly week: number;
  readonly waiting: number;
}

/** How many were closed in a month, and how many of them in time. */
export interface MonthStand {
  /** `2026-11`. */
  readonly month: string;
  readonly closed: number;
  readonly onTime: number;
}

/** Something that others have found and a person should look at. */
export interface UnusualStand {
  readonly name: string;
  readonly title: string;
  readonly count: number;
  /** Where it is looked at. */
  readonly path: string;
}

export interface GovernanceHome {
  readonly stands: readonly ListStand[];
  /** What is due first. */
  readonly due: readonly ItemRow[];
  readonly unusual: readonly UnusualStand[];
  /** Twelve months, the oldest first. */
  readonly months: readonly MonthStand[];
}
