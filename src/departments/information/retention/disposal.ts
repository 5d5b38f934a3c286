import { incorrect } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import type { Said } from "../items/item.ts";

export const disposalKind = "Disposal";

export const disposalStates = ["proposed", "agreed", "done", "refused"] as const;

/** The record of one patient that need not be kept any more: proposed by one person, decided by another. */
export type Disposal = {
  readonly patient: string;
  readonly state: (typeof disposalStates)[number];
  readonly rule: string;
  readonly until: string;
  readonly lastContact: string;
  readonly proposed: Said;
  readonly decided?: Said;
  /** What was deleted, by kind; it names nobody but the id. */
  readonly certificate?: {
    readonly number: string;
    readonly at: string;
    readonly deleted: Readonly<Record<string, number>>;
  };
};

/** What the record knows of disposals. */
export const disposalDefinition: KindDefinition = {
  kind: disposalKind,
  check: ({ state }) =>
    disposalStates.some((known) => known === state)
      ? []
      : [incorrect("element-invalid", "state is not sound.", { where: `${disposalKind}.state` })],
  index: ({ state, patient }) => ({ ...noEntries, keys: [`state=${String(state)}`, `patient=${String(patient)}`] }),
};
