import { keyText } from "../../documents/document.ts";
import type { Condition } from "../condition.ts";
import { indexEntriesOf } from "../kinds.ts";
import { bodyOf, type Settled } from "./settled.ts";

/** What the resources of a transaction will be found by; worked out for a type when it is first asked for. */
export class CarriedKeys {
  readonly #settled: readonly Settled[];
  readonly #types = new Set<string>();
  /** Ids by type and key. */
  readonly #carriers = new Map<string, Set<string>>();
  readonly #written = new Set<string>();

  constructor(settled: readonly Settled[]) {
    this.#settled = settled;
    for (const { intent, id, operation } of settled) {
      if (id !== undefined && operation !== undefined) this.#written.add(keyText({ kind: intent.type, id }));
    }
  }

  /** The ids of what will satisfy the condition; `stored` is what does so now. */
  matching({ type, keys }: Condition, stored: string | undefined): ReadonlySet<string> {
    const isStored = stored !== undefined && !this.#written.has(keyText({ kind: type, id: stored }));
    // A search cannot be made of what is not stored yet: what it found counts, unless it is deleted.
    if (keys === undefined) return new Set(stored === undefined || this.#isDeleted(type, stored) ? [] : [stored]);
    this.#readType(type);
    const [first = "", ...rest] = keys;
    const ids = [...(this.#carriers.get(carrierKey(type, first)) ?? [])];
    const written = ids.filter((id) => rest.every((key) => this.#carriers.get(carrierKey(type, key))?.has(id)));
    return new Set(isStored ? [stored, ...written] : written);
  }

  #isDeleted(type: string, id: string): boolean {
    return this.#settled.some(
      ({ intent, id: own, operation }) => own === id && intent.type === type && operation?.action === "delete",
    );
  }

  #readType(type: string): void {
    if (this.#types.has(type)) return;
    this.#types.add(type);
    for (const each of this.#settled) {
      const body = each.intent.type === type ? bodyOf(each) : undefined;
      if (body === undefined || each.id === undefined) continue;
      const { keys, references } = indexEntriesOf(type, body);
      for (const key of [...keys, ...references]) this.#add(carrierKey(type, key), each.id);
    }
  }

  #add(key: string, id: string): void {
    const ids = this.#carriers.get(key);
    if (ids === undefined) this.#carriers.set(key, new Set([id]));
    else ids.add(id);
  }
}

function carrierKey(type: string, key: string): string {
  return `${type} ${key}`;
}
