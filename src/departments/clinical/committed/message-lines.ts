import { orderNames } from "../gates/waiting-orders.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** What must not overtake what. */
export interface Line {
  /** Messages that share one of these keep their order. */
  readonly keys: readonly string[];
  /** Everything before it is done first, and nothing behind it begins before it is done. */
  readonly isBarrier: boolean;
}

/** A message about several patients at once: which ones, only its mapping knows. Source: HL7 v2.5.1 §3.3. */
const joinsPatients = /^ADT\^(?:A17|A18|A2[0-9]|A3[0-9]|A4[0-9]|A5[01])$/;

/**
 * The patient and the orders that a message is about, as it was sent. One that names neither keeps its place among those of
 * its link that do not. Where `isWhole`, the messages of the link keep their order among all of them.
 */
export function lineOf(message: LinkMessage, isWhole: boolean): Line {
  const { link, patient, type = "" } = message;
  const numbers = [patient.nhsNumber, ...patient.hospitalNumbers].filter((number) => number !== undefined);
  const named = [
    ...numbers.map((number) => `patient ${number}`),
    ...orderNames(message).map((name) => `order ${name}`),
  ];
  const keys = named.length > 0 ? named : [`unnamed ${link}`];
  return { keys: isWhole ? [...keys, `link ${link}`] : keys, isBarrier: joinsPatients.test(type) };
}

interface Member<Item> {
  readonly item: Item;
  readonly line: Line;
  /** How many must be done before it. */
  before: number;
  readonly behind: Member<Item>[];
}

export interface Taken<Item> {
  readonly item: Item;
  /** It is over: what waited for it may begin. */
  done(): void;
  /** It may begin once more; what waits for it goes on waiting. Nothing where all was cleared meanwhile. */
  again(): void;
}

/** Messages in the order in which they came, each of which may begin when those are done that it must not overtake. */
export class MessageLines<Item> {
  readonly #all = new Set<Member<Item>>();
  readonly #last = new Map<string, Member<Item>>();
  readonly #ready: Member<Item>[] = [];
  #barrier: Member<Item> | undefined;

  get size(): number {
    return this.#all.size;
  }

  get ready(): number {
    return this.#ready.length;
  }

  add(item: Item, line: Line): void {
    const member: Member<Item> = { item, line, before: 0, behind: [] };
    const ahead = line.isBarrier ? this.#all : new Set(line.keys.flatMap((key) => this.#last.get(key) ?? []));
    for (const other of ahead) follow(member, other);
    if (this.#barrier !== undefined && !ahead.has(this.#barrier)) follow(member, this.#barrier);
    for (const key of line.keys) this.#last.set(key, member);
    if (line.isBarrier) this.#barrier = member;
    this.#all.add(member);
    if (member.before === 0) this.#ready.push(member);
  }

  /** One that may begin, in their order. */
  take(): Taken<Item> | undefined {
    const member = this.#ready.shift();
    if (member === undefined) return undefined;
    const again = () => {
      if (this.#all.has(member)) this.#ready.push(member);
    };
    return { item: member.item, done: () => this.#done(member), again };
  }

  clear(): void {
    this.#all.clear();
    this.#last.clear();
    this.#ready.length = 0;
    this.#barrier = undefined;
  }

  #done(member: Member<Item>): void {
    if (!this.#all.delete(member)) return;
    for (const key of member.line.keys) if (this.#last.get(key) === member) this.#last.delete(key);
    if (this.#barrier === member) this.#barrier = undefined;
    for (const next of member.behind) {
      next.before -= 1;
      if (next.before === 0) this.#ready.push(next);
    }
  }
}

function follow<Item>(member: Member<Item>, other: Member<Item>): void {
  other.behind.push(member);
  member.before += 1;
}
