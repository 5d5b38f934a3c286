import { z } from "zod";
import type { ClockView } from "../clock/clock-view.ts";
import { itemStates, type StepName } from "../lists/life.ts";
import type { GovernanceItem, ItemChange } from "./item.ts";

/** Which items are shown. `due`: overdue, or due within so many days. */
export const itemsQuery = z.object({
  list: z.string().max(40).optional(),
  area: z.enum(["requests", "registers", "retention"]).optional(),
  state: z.enum(itemStates).optional(),
  stage: z.enum(["open", "closed"]).optional(),
  due: z.enum(["overdue", "week", "month"]).optional(),
  mine: z.literal("yes").optional(),
  patient: z.string().max(80).optional(),
  q: z.string().trim().max(100).optional(),
  after: z.string().max(500).optional(),
});

export type ItemsQuery = z.infer<typeof itemsQuery>;

export type ItemRow = Pick<
  GovernanceItem,
  "list" | "reference" | "title" | "state" | "assignee" | "tags" | "marks" | "patient" | "outcome" | "onTime"
> & {
  readonly id: string;
  readonly clocks: readonly ClockView[];
};

export interface ItemsPage {
  readonly items: readonly ItemRow[];
  readonly next?: string;
}

export type ItemView = GovernanceItem & {
  readonly id: string;
  /** To be named by whoever changes it. */
  readonly version: number;
  readonly clocks: readonly ClockView[];
  /** What may be done with it now. */
  readonly possible: readonly StepName[];
};

export type TimelineEntry = ItemChange & {
  readonly version: number;
  /** What it made of the item: where it differs from before. */
  readonly state?: string;
};

export interface TimelineView {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
}
