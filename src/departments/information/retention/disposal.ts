import { incorrect } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import type { Said } from "../items/item.ts";

export const disposalKind = "Disposal";

/** `agreed`: it is being carried out, or waits until nothing stops it. */
export const disposalStates = ["proposed", "agreed", "done", "refused"] as const;

/** The record of one patient that need not be kept any more: proposed by one person, decided by another, then erased. */
export type Disposal = {
  readonly patient: string;
  readonly state: (typeof disposalStates)[number];
  readonly rule: string;
  readonly until: string;
  readonly lastContact: string;
  readonly proposed: Said;
  readonly decided?: Said;
  /** Why an agreed one does not go on: the code of the problem. */
  readonly stopped?: { readonly code: string; readonly at: string };
  /** Deliveries that were still on their way, and were not sent. */
  readonly heldBack?: number;
  /** What was taken away; it names nobody but the id. */
  readonly certificate?: Certificate;
};

export type Certificate = {
  readonly number: string;
  readonly at: string;
  /** Documents by kind. */
  readonly deleted: Readonly<Record<string, number>>;
  /** Versions whose content is gone. Absent in certificates of before Corridor erased anything: they were marked as deleted. */
  readonly versions?: number;
  /** Files and messages as they came. */
  readonly blobs?: number;
  /** Of those, what documents about others name too: it stays. */
  readonly blobsKept?: number;
  readonly studies?: number;
  readonly images?: number;
  /** Documents by kind that are about others too: they stay. */
  readonly kept?: Readonly<Record<string, number>>;
};

/** The name of a decision, as the record of erasures and `corridor verify` have it. */
export function decisionOf(id: string): string {
  return `${disposalKind}/${id}`;
}

/** What the record knows of disposals. */
export const disposalDefinition: KindDefinition = {
  kind: disposalKind,
  check: ({ state }) =>
    disposalStates.some((known) => known === state)
      ? []
      : [incorrect("element-invalid", "state is not sound.", { where: `${disposalKind}.state` })],
  index: ({ state, patient }) => ({ ...noEntries, keys: [`state=${String(state)}`, `patient=${String(patient)}`] }),
};
