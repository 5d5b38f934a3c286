import { formatPosition, parsePosition } from "#standards/hl7v2";
import type { LeafOutcome, LedgerView } from "../api.ts";
import type { LedgerEntry } from "../messages/ledger.ts";
import type { LinkMessage, UnmappedLeaf } from "../messages/link-message.ts";

/** What became of the value at a position, written as values tell of themselves. */
export type OutcomeOf = (where: string) => LeafOutcome | undefined;

/** Sentences for the codes of the ledger. */
export type ReasonText = (code: string) => string;

/**
 * By the books of the message: `entries` where they could be worked out again from its bytes, else the summary that it
 * keeps, by which a value that is not listed was mapped. Undefined for everything where the message was never mapped.
 */
export function outcomesOf(message: LinkMessage, { entries, reasonText }: Books): OutcomeOf {
  if (message.ledger === undefined) return () => undefined;
  const outcomes = new Map(
    (entries ?? message.ledger.unmapped).map((entry) => [fullPosition(entry.where), outcomeOf(entry, reasonText)]),
  );
  return (where) => outcomes.get(fullPosition(where)) ?? { is: "mapped" };
}

export interface Books {
  readonly entries: readonly LedgerEntry[] | undefined;
  readonly reasonText: ReasonText;
}

function outcomeOf(entry: LedgerEntry | UnmappedLeaf, reasonText: ReasonText): LeafOutcome {
  if ("element" in entry) return { is: "mapped", element: entry.element };
  return { is: "unmapped", code: entry.reason, reason: reasonText(entry.reason) };
}

export function ledgerView({ ledger, mapping }: LinkMessage, reasonText: ReasonText): LedgerView | undefined {
  if (ledger === undefined) return undefined;
  const unmapped = ledger.unmapped.map(({ where, reason }) => ({ where, code: reason, reason: reasonText(reason) }));
  return { mapping: mapping ?? "not named", leaves: ledger.leaves, mapped: ledger.mapped, unmapped };
}

/** With every number that was left out as 1. */
function fullPosition(where: string): string {
  const position = parsePosition(where);
  if (position === undefined) return where;
  const { occurrence = 1, field = 1, repetition = 1, component = 1, subcomponent = 1 } = position;
  return formatPosition({ ...position, occurrence, field, repetition, component, subcomponent });
}
