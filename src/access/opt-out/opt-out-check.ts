import { createHmac } from "node:crypto";
import { type Clock, conflict, failed, instant, ok, type Problem, type Result, toIso } from "#kernel";
import { openText, sealText } from "../second-factor/sealed.ts";
import { readDat } from "./dat-file.ts";

/** Keeps the one answer of the national service that counts, until it is forgotten: outside the record, which forgets nothing. */
export interface OptOutStore {
  /** What was kept, and by what it is told from another. */
  read(): Promise<{ readonly text: string; readonly mark: string } | undefined>;
  /** The mark alone. */
  mark(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
}

export interface OptOutNeeds {
  readonly store: OptOutStore;
  readonly clock: Clock;
  readonly sealKey: Uint8Array;
  /** How long an answer counts. */
  readonly keepMs: number;
}

/** An answer that counts. */
export interface FreshCheck {
  readonly checked: string;
  readonly expires: string;
  /** How many may be used. */
  readonly count: number;
  /** Whether this patient has not opted out, as far as the service was asked. */
  mayBeUsed(nhsNumber: string): boolean;
}

interface Kept {
  readonly checkedMs: number;
  /** Keyed hashes, 16 bytes each, in base64. */
  readonly hashes: string;
}

const hashBytes = 16;
const purpose = "national-data-opt-out";

/**
 * Who has not opted out, by the last answer of the national service. It is kept as keyed hashes, sealed, for a set time and
 * then forgotten; nothing of it stands on any patient's record. Source: NHS England, national data opt-out operational policy.
 */
export class OptOutCheck {
  readonly #needs: OptOutNeeds;
  #known: { readonly mark: string; readonly kept: Kept | undefined; readonly hashes: ReadonlySet<string> } | undefined;

  constructor(needs: OptOutNeeds) {
    this.#needs = needs;
  }

  /** Takes in a reply file. Problems: those of `readDat`. */
  async accept(text: string): Promise<Result<FreshCheck>> {
    const numbers = readDat(text);
    if (!numbers.ok) return numbers;
    const { store, clock, sealKey } = this.#needs;
    const hashes = Buffer.concat(numbers.value.map((number) => this.#hash(number))).toString("base64");
    const kept: Kept = { checkedMs: clock.now(), hashes };
    await store.write(sealText(JSON.stringify(kept), { key: sealKey, purpose }));
    return this.fresh();
  }

  /** Problems: conflict, code `opt-out-check-needed`, where there is no answer that counts. */
  async fresh(): Promise<Result<FreshCheck>> {
    const { store, clock, keepMs } = this.#needs;
    const known = await this.#read();
    if (known?.kept === undefined) return failed(checkNeeded);
    const { checkedMs } = known.kept;
    if (clock.now() >= checkedMs + keepMs || clock.now() < checkedMs) {
      await store.remove();
      this.#known = undefined;
      return failed(checkNeeded);
    }
    return ok({
      checked: toIso(instant(checkedMs)),
      expires: toIso(instant(checkedMs + keepMs)),
      count: known.hashes.size,
      mayBeUsed: (number) => known.hashes.has(this.#hash(number).toString("base64")),
    });
  }

  async #read() {
    const { store, sealKey } = this.#needs;
    const mark = await store.mark();
    if (mark === undefined) return undefined;
    if (this.#known?.mark === mark) return this.#known;
    const found = await store.read();
    if (found === undefined) return undefined;
    const text = openText(found.text, { key: sealKey, purpose });
    const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
    this.#known = { mark: found.mark, kept, hashes: new Set(hashesIn(kept?.hashes ?? "")) };
    return this.#known;
  }

  #hash(nhsNumber: string): Buffer {
    return createHmac("sha256", this.#needs.sealKey).update(`${purpose}:${nhsNumber}`).digest().subarray(0, hashBytes);
  }
}

function hashesIn(text: string): readonly string[] {
  const bytes = Buffer.from(text, "base64");
  return Array.from({ length: bytes.length / hashBytes }, (_, at) =>
    bytes.subarray(at * hashBytes, (at + 1) * hashBytes).toString("base64"),
  );
}

export const checkNeeded: Problem = conflict(
  "opt-out-check-needed",
  "What is used for research or planning leaves out who has opted out, and there is no recent answer on who has. Write a request with corridor opt-out request, have it checked over MESH, and take the reply in with corridor opt-out reply or on the opt-out page.",
);
