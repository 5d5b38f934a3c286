import { busy, failed, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Update, Version } from "#record";
import { type Delivery, deliveryKind } from "../delivery.ts";
import type { Entry } from "./entry.ts";

interface Waiting {
  readonly operation: Update;
  answer(result: Result<Version>): void;
}

/** Transactions under way at once: while one is on its way to the disk, the next gathers. */
const writesMax = 2;

/** Writes what became of deliveries. Those that become known together share a transaction, and its place in the audit. */
export class OutcomeWriter {
  readonly #record: Pick<HealthRecord, "transact">;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #isScheduled = false;

  constructor(record: Pick<HealthRecord, "transact">) {
    this.#record = record;
  }

  /** Durable when it settles. Problems: `version-conflict` when somebody else has written it meanwhile; those of the record. */
  write({ id, version }: Entry, delivery: Delivery): Promise<Result<Version>> {
    return new Promise((answer) => {
      const operation: Update = { action: "update", kind: deliveryKind, id, body: delivery, ifMatch: version };
      this.#waiting.push({ operation, answer });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#underWay >= writesMax) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0, limits.deliveryOutcomesMax);
    if (batch.length === 0) return;
    this.#underWay += 1;
    await this.#writeAll(batch);
    this.#underWay -= 1;
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** One that somebody else has written must not keep back the others. */
  async #writeAll(batch: readonly Waiting[]): Promise<void> {
    const written = await this.#record.transact({ operations: batch.map(({ operation }) => operation) });
    if (!written.ok && batch.length > 1 && written.problems[0].category === "conflict") {
      for (const waiting of batch) await this.#writeAll([waiting]);
      return;
    }
    for (const [at, { answer }] of batch.entries()) {
      const version = written.ok ? written.value[at]?.version : undefined;
      answer(written.ok ? (version === undefined ? failed(noOutcome) : ok(version)) : written);
    }
  }
}

const noOutcome = busy("no-outcome", "The record gave no outcome.");
