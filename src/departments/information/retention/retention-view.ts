import type { Disposal } from "./disposal.ts";

export interface RetentionRow {
  /** `Patient/7c…`. */
  readonly patient: string;
  readonly name: string;
  readonly birthDate?: string;
  readonly lastContact: string;
  readonly rule: string;
  /** What the rule says. */
  readonly title: string;
  /** The first day on which it need not be kept. */
  readonly until: string;
  readonly state: "due" | "held" | "kept";
  /** Reference of the hold: `HLD-2026-0001`. */
  readonly hold?: string;
}

export type DisposalView = Disposal & {
  readonly id: string;
  /** Of one that is agreed: documents whose content is gone, of those that are known to go. */
  readonly progress?: { readonly done: number; readonly total: number };
};

export interface RetentionPage {
  readonly rows: readonly RetentionRow[];
  /** The newest disposals, those that wait for a second person among them. */
  readonly disposals: readonly DisposalView[];
  readonly next?: string;
}
