import { incorrect, type Problem } from "#kernel";
import { type Pdu, pduHeaderBytes, pduTypes } from "./pdu.ts";
import { readPdu } from "./read-pdu.ts";
import { pdvHeaderBytes } from "./write-pdu.ts";

/** What came over a connection, in order. */
export type PduEvent =
  | { readonly is: "pdu"; readonly pdu: Pdu }
  | ({ readonly is: "fragment" } & ReceivedFragment)
  /** Nothing follows it: what is behind makes no sense. */
  | { readonly is: "fault"; readonly problem: Problem };

/** A part of a fragment, or the whole of it: as much as has come. */
export interface ReceivedFragment {
  readonly contextId: number;
  readonly isCommand: boolean;
  /** The last bytes of the command set, or of the data set. */
  readonly isEnd: boolean;
  /** A view of what was taken. */
  readonly bytes: Uint8Array;
}

export interface FramerBounds {
  /** Of a P-DATA-TF, as it was told to the other side; 0 is without bound. */
  readonly dataPduBytes: number;
  /** Of any other PDU. */
  readonly otherPduBytes: number;
}

/**
 * Takes a connection's bytes as they come and gives each fragment on as soon as a part of it is there, as a view: nothing of data
 * is copied or gathered. Problems: `dimse-pdu-unrecognised`, `dimse-pdu-invalid`, `dimse-pdu-too-long`.
 * Source: PS3.8 §9.3.1, §9.3.5, Annex E.
 */
export class PduFramer {
  readonly #bounds: FramerBounds;
  /** What is no whole header, or no whole PDU, yet: room for all of it, of which the first `heldBytes` have come. */
  #held: Uint8Array = new Uint8Array(0);
  #heldBytes = 0;
  /** Left of the P-DATA-TF that is open. */
  #pduLeft = 0;
  /** Left of the PDV that is open. */
  #pdvLeft = 0;
  #contextId = 0;
  #control = 0;
  #isOver = false;

  constructor(bounds: FramerBounds) {
    this.#bounds = bounds;
  }

  /** Whether something is open: the connection may not end here. */
  get isWithin(): boolean {
    return this.#heldBytes > 0 || this.#pduLeft > 0;
  }

  take(chunk: Uint8Array): readonly PduEvent[] {
    const events: PduEvent[] = [];
    let rest = chunk;
    while (this.#heldBytes > 0) {
      const added = rest.subarray(0, this.#held.length - this.#heldBytes);
      this.#held.set(added, this.#heldBytes);
      this.#heldBytes += added.length;
      rest = rest.subarray(added.length);
      if (this.#heldBytes < this.#held.length) return events;
      this.#heldBytes = 0;
      this.#run(this.#held, events);
    }
    this.#run(rest, events);
    return events;
  }

  #run(bytes: Uint8Array, events: PduEvent[]): void {
    let at = 0;
    while (!this.#isOver) {
      const next = this.#step(bytes, at, events);
      if (next === undefined) return;
      at = next;
    }
  }

  /** Keeps what is there until there are so many bytes. */
  #hold(bytes: Uint8Array, at: number, count: number): undefined {
    this.#held = new Uint8Array(count);
    this.#held.set(bytes.subarray(at));
    this.#heldBytes = bytes.length - at;
    return undefined;
  }

  /** Where it goes on, or undefined when more has to come. */
  #step(bytes: Uint8Array, at: number, events: PduEvent[]): number | undefined {
    if (this.#pdvLeft > 0) return this.#data(bytes, at, events);
    return this.#pduLeft > 0 ? this.#pdvHeader(bytes, at, events) : this.#pduHeader(bytes, at, events);
  }

  #data(bytes: Uint8Array, at: number, events: PduEvent[]): number | undefined {
    if (at >= bytes.length) return undefined;
    const end = Math.min(bytes.length, at + this.#pdvLeft);
    this.#pdvLeft -= end - at;
    this.#pduLeft -= end - at;
    this.#give(bytes.subarray(at, end), events);
    return end;
  }

  #give(bytes: Uint8Array, events: PduEvent[]): void {
    const isEnd = this.#pdvLeft === 0 && (this.#control & 2) !== 0;
    events.push({ is: "fragment", contextId: this.#contextId, isCommand: (this.#control & 1) !== 0, isEnd, bytes });
  }

  #pdvHeader(bytes: Uint8Array, at: number, events: PduEvent[]): number | undefined {
    if (this.#pduLeft < pdvHeaderBytes) return this.#fault("its PDV is cut off", events);
    if (bytes.length - at < pdvHeaderBytes) return this.#hold(bytes, at, pdvHeaderBytes);
    const length = number32(bytes, at);
    if (length < 2 || length + 4 > this.#pduLeft)
      return this.#fault("its PDV is longer or shorter than may be", events);
    this.#contextId = bytes[at + 4] ?? 0;
    this.#control = bytes[at + 5] ?? 0;
    this.#pduLeft -= pdvHeaderBytes;
    this.#pdvLeft = length - 2;
    if (this.#pdvLeft === 0) this.#give(bytes.subarray(at, at), events);
    return at + pdvHeaderBytes;
  }

  #pduHeader(bytes: Uint8Array, at: number, events: PduEvent[]): number | undefined {
    const type = bytes[at];
    if (type === undefined) return undefined;
    if (type < pduTypes.associateRq || type > pduTypes.abort) {
      return this.#end(incorrect("dimse-pdu-unrecognised", "What was sent is no PDU of DICOM."), events);
    }
    if (bytes.length - at < pduHeaderBytes) return this.#hold(bytes, at, pduHeaderBytes);
    const length = number32(bytes, at + 2);
    const { dataPduBytes, otherPduBytes } = this.#bounds;
    if (type === pduTypes.data) {
      if (dataPduBytes > 0 && length > dataPduBytes) return this.#tooLong(length, events);
      this.#pduLeft = length;
      return at + pduHeaderBytes;
    }
    if (length > otherPduBytes) return this.#tooLong(length, events);
    const end = at + pduHeaderBytes + length;
    if (end > bytes.length) return this.#hold(bytes, at, end - at);
    // A copy, as what is read of it are views that outlive the chunk.
    const read = readPdu(new Uint8Array(bytes.subarray(at, end)));
    if (!read.ok) return this.#end(read.problems[0], events);
    events.push({ is: "pdu", pdu: read.value });
    return end;
  }

  #tooLong(length: number, events: PduEvent[]): undefined {
    return this.#end(incorrect("dimse-pdu-too-long", `A PDU of ${length} bytes is longer than agreed.`), events);
  }

  #fault(what: string, events: PduEvent[]): undefined {
    return this.#end(incorrect("dimse-pdu-invalid", `The P-DATA-TF is invalid: ${what}.`), events);
  }

  #end(problem: Problem, events: PduEvent[]): undefined {
    this.#isOver = true;
    events.push({ is: "fault", problem });
    return undefined;
  }
}

function number32(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
