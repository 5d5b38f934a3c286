import { type AcceptedContext, type Command, dataHeader, writeCommand } from "#standards/dimse";

/** A message without a data set, or with one that is small enough to be held. */
export interface Message {
  readonly context: AcceptedContext;
  readonly command: Omit<Command, "hasDataSet">;
  readonly dataSet?: Uint8Array;
}

/** The PDUs of a message, each with one PDV, in order. `pduBytes` is what a PDU may hold. Source: PS3.8 §9.3.5, PS3.7 §6.3.1. */
export function messageParts({ context, command, dataSet }: Message, pduBytes: number): readonly Uint8Array[] {
  const head = commandParts({ context, command: { ...command, hasDataSet: dataSet !== undefined } }, pduBytes);
  if (dataSet === undefined) return head;
  return [...head, ...fragments(dataSet, { contextId: context.id, isCommand: false, pduBytes })];
}

/** The PDUs of a command set alone. */
export function commandParts(
  { context, command }: { readonly context: AcceptedContext; readonly command: Command },
  pduBytes: number,
): readonly Uint8Array[] {
  return fragments(writeCommand(command), { contextId: context.id, isCommand: true, pduBytes });
}

interface Fragmenting {
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly pduBytes: number;
}

function fragments(bytes: Uint8Array, { contextId, isCommand, pduBytes }: Fragmenting): readonly Uint8Array[] {
  const room = fragmentRoom(pduBytes);
  const parts: Uint8Array[] = [];
  let at = 0;
  do {
    const length = Math.min(room, bytes.length - at);
    const isLast = at + length === bytes.length;
    parts.push(dataHeader({ contextId, isCommand, isLast, length }), bytes.subarray(at, at + length));
    at += length;
  } while (at < bytes.length);
  return parts;
}

/** What a PDU holds besides the header of its one PDV; even, as fragments have to be. Source: PS3.8 Annex E.1. */
export function fragmentRoom(pduBytes: number): number {
  return Math.max(2, (pduBytes - 6) & ~1);
}
