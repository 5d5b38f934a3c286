import { type LyingEntry, sealed } from "./kept-log.ts";

/** A way to tamper with a log. Places are counted from 0. */
export interface Tampering {
  readonly name: string;
  /** What the log is afterwards, and the first entry that is not what it was. */
  tamper(log: readonly LyingEntry[], chance: Chance): { readonly log: readonly LyingEntry[]; readonly first: number };
}

export interface Chance {
  /** A whole number from 0 up to, and without, this one. */
  below(end: number): number;
}

function numbered(entries: readonly Omit<LyingEntry, "hash">[]): readonly LyingEntry[] {
  return sealed(entries.map((entry, index) => ({ ...entry, sequence: index + 1 })));
}

function otherBody({ body }: LyingEntry): string {
  return body.replace(/"reference":"User\/[^"]*"/, '"reference":"User/nobody"');
}

function twoPlaces(length: number, chance: Chance): readonly [number, number] {
  const one = chance.below(length - 1);
  return [one, one + 1 + chance.below(length - one - 1)];
}

function swapped(log: readonly LyingEntry[], [one, other]: readonly [number, number]): readonly LyingEntry[] {
  const [first, second] = [log[one] as LyingEntry, log[other] as LyingEntry];
  return log.with(one, { ...second, sequence: first.sequence }).with(other, { ...first, sequence: second.sequence });
}

/** Edit, delete, reorder, truncate, forge; each as it lies, and sealed again so that the chain alone looks whole. */
export const tamperings: readonly Tampering[] = [
  {
    name: "the words of an entry changed",
    tamper(log, chance) {
      const at = chance.below(log.length);
      const entry = log[at] as LyingEntry;
      return { log: log.with(at, { ...entry, body: otherBody(entry) }), first: at + 1 };
    },
  },
  {
    name: "one character of an entry changed",
    tamper(log, chance) {
      const at = chance.below(log.length);
      const entry = log[at] as LyingEntry;
      const place = chance.below(entry.body.length);
      const other = entry.body[place] === "x" ? "y" : "x";
      const body = entry.body.slice(0, place) + other + entry.body.slice(place + 1);
      return { log: log.with(at, { ...entry, body }), first: at + 1 };
    },
  },
  {
    name: "the time that an entry is found by changed",
    tamper(log, chance) {
      const at = chance.below(log.length);
      const entry = log[at] as LyingEntry;
      return { log: log.with(at, { ...entry, at: entry.at - 1 - chance.below(1e9) }), first: at + 1 };
    },
  },
  {
    name: "the hash of an entry changed",
    tamper(log, chance) {
      const at = chance.below(log.length);
      const entry = log[at] as LyingEntry;
      const hash = Uint8Array.from(entry.hash);
      hash[chance.below(32)]! ^= 1 << chance.below(8);
      return { log: log.with(at, { ...entry, hash }), first: at + 1 };
    },
  },
  {
    name: "entries deleted",
    tamper(log, chance) {
      const at = chance.below(log.length - 1);
      const count = 1 + chance.below(Math.min(5, log.length - 1 - at));
      return { log: log.toSpliced(at, count), first: at + 1 };
    },
  },
  {
    name: "entries deleted, and the rest numbered and sealed again",
    tamper(log, chance) {
      const at = chance.below(log.length - 1);
      return { log: numbered(log.toSpliced(at, 1)), first: at + 1 };
    },
  },
  {
    name: "two entries that changed places",
    tamper(log, chance) {
      const places = twoPlaces(log.length, chance);
      return { log: swapped(log, places), first: places[0] + 1 };
    },
  },
  {
    name: "two entries that changed places, sealed again",
    tamper(log, chance) {
      const places = twoPlaces(log.length, chance);
      return { log: sealed(swapped(log, places)), first: places[0] + 1 };
    },
  },
  {
    name: "the end cut off",
    tamper(log, chance) {
      const length = chance.below(log.length);
      return { log: log.slice(0, length), first: length + 1 };
    },
  },
  {
    name: "an entry forged, and what stands behind it sealed again",
    tamper(log, chance) {
      const at = chance.below(log.length);
      const entry = log[at] as LyingEntry;
      return { log: sealed(log.with(at, { ...entry, body: otherBody(entry) })), first: at + 1 };
    },
  },
  {
    name: "an entry put in, and what stands behind it numbered and sealed again",
    tamper(log, chance) {
      const at = chance.below(log.length);
      const entry = log[at] as LyingEntry;
      return { log: numbered(log.toSpliced(at, 0, { ...entry, body: otherBody(entry) })), first: at + 1 };
    },
  },
];
