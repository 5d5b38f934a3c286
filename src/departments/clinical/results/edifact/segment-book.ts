import type { EdifactMessage, EdifactSegment } from "#standards/edifact";
import { valueAt, valuesOf } from "#standards/edifact";
import type { LedgerEntry } from "../../messages/ledger.ts";
import type { UnmappedReason } from "../../messages/unmapped-reasons.ts";

/** Element and component, from 1. */
export type ValuePlace = readonly [element: number, component?: number];

/** A segment being mapped: what is carried is noted with the element of FHIR it went to. */
export class SegmentBook {
  readonly segment: EdifactSegment;
  readonly #carried = new Map<string, string>();

  constructor(segment: EdifactSegment) {
    this.segment = segment;
  }

  get where(): string {
    return this.segment.where;
  }

  get isUnread(): boolean {
    return this.#carried.size === 0;
  }

  /** Looks at a value without carrying it. */
  peek(...[element, component = 1]: ValuePlace): string | undefined {
    return valueAt(this.segment, element, component);
  }

  /** Carries a value over. */
  take(target: string, ...place: ValuePlace): string | undefined {
    this.carry(target, place);
    return this.peek(...place);
  }

  /** Notes values as carried over, qualifiers among them: they say what the others mean. */
  carry(target: string, ...places: readonly ValuePlace[]): void {
    for (const [element, component = 1] of places) this.#carried.set(`${element}.${component}`, target);
  }

  targetOf({ element, component }: { readonly element: number; readonly component: number }): string | undefined {
    return this.#carried.get(`${element}.${component}`);
  }
}

/** The books of a message: one for each of its segments. */
export class MessageBooks {
  readonly #books: ReadonlyMap<EdifactSegment, SegmentBook>;

  constructor({ segments }: EdifactMessage) {
    this.#books = new Map(segments.map((segment) => [segment, new SegmentBook(segment)]));
  }

  of(segment: EdifactSegment): SegmentBook {
    return this.#books.get(segment) ?? new SegmentBook(segment);
  }

  /** Every value, with where it went or why it went nowhere. Ask when all has been mapped. */
  ledger(unplaced: ReadonlySet<string>): readonly LedgerEntry[] {
    return [...this.#books.values()].flatMap((book) =>
      valuesOf(book.segment).map((found): LedgerEntry => {
        const { where, value } = found;
        const element = book.targetOf(found);
        return element === undefined
          ? { where, value, reason: unplaced.has(book.where) ? "segment-not-mapped" : reasonFor(book) }
          : { where, value, element };
      }),
    );
  }
}

/** Segments that hold the message together, and the patient's practice as its addressee. */
const administrative = /^(?:UN[HT]|BGM|S\d\d|SEQ|GIS|CIN)$/;

function reasonFor(book: SegmentBook): UnmappedReason {
  const { tag } = book.segment;
  if (administrative.test(tag)) return "administrative";
  if (!book.isUnread) return "part-not-carried";
  switch (`${tag}+${book.peek(1)}`) {
    case "DTM+137":
    case "NAD+MR":
      return "administrative";
    case "NAD+PO":
    case "NAD+SLA":
      return "repetition-not-carried";
    default:
      if (tag === "SPR" || tag === "RFF") return "administrative";
      return tag === "STS" ? "overruled" : "value-not-understood";
  }
}
