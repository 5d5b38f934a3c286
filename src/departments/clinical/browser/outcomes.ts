import { formatPosition, parsePosition } from "#standards/hl7v2";
import type { LeafOutcome, LedgerView } from "../api.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** What became of the value at a position, written as values tell of themselves. */
export type OutcomeOf = (where: string) => LeafOutcome | undefined;

/** Sentences for the codes of the ledger. */
export type ReasonText = (code: string) => string;

/**
 * By the books of the message: a value that is listed was not mapped, any other was. Undefined for everything where the
 * message was never mapped.
 */
export function outcomesOf({ ledger }: LinkMessage, reasonText: ReasonText): OutcomeOf {
  if (ledger === undefined) return () => undefined;
  const unmapped = new Map(ledger.unmapped.map(({ where, reason }) => [fullPosition(where), reason]));
  return (where) => {
    const code = unmapped.get(fullPosition(where));
    return code === undefined ? { is: "mapped" } : { is: "unmapped", code, reason: reasonText(code) };
  };
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
