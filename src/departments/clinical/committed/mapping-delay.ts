import { type Clock, fault, incorrect, type Log, ok, type Problem, type Result, toIso } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, parseBody } from "#record";
import type { ReadingContext } from "../deliveries/engine/delivery-reader.ts";
import type { LinkMessage, MessageReason } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";

export const mappingDelayKind = "MappingDelay";

/**
 * Why a message that is committed is not mapped yet: a document under the message's own id, written when it could not be
 * mapped, and again when there is another reason. It is no version of the message, for these keep the order in which
 * messages were committed.
 */
export type MappingDelay = {
  /** Name of the link. */
  readonly link: string;
  readonly reasons: readonly MessageReason[];
  /** When it could not be mapped for this reason first. */
  readonly at: string;
};

export const mappingDelayDefinition: KindDefinition = {
  kind: mappingDelayKind,
  check: ({ link, reasons }) =>
    typeof link === "string" && Array.isArray(reasons)
      ? []
      : [incorrect("element-invalid", "link or reasons is not sound.", { where: mappingDelayKind })],
  index: () => noEntries,
};

/** What stands against mapping a message now, thrown to whoever lets it wait. */
export class NotMapped extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

const mappingFault = fault("mapping-fault", "The mapping of this message failed; the log of Corridor says how.");

export interface MappingDelaysNeeds {
  open(): ReadingContext;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps with messages why they are not mapped yet, each reason once. */
export class MappingDelays {
  readonly #needs: MappingDelaysNeeds;
  readonly #noted = new Map<string, string>();

  constructor(needs: MappingDelaysNeeds) {
    this.#needs = needs;
  }

  /** Settles when it is kept, or cannot be: then the next attempt notes it. Never rejects. */
  async note(id: string, { link }: Pick<LinkMessage, "link">, error: unknown): Promise<void> {
    const { category, code, message, where } = error instanceof NotMapped ? error.problem : mappingFault;
    const reason = present<MessageReason>({ category, code, message, where });
    const words = JSON.stringify(reason);
    if (this.#noted.get(id) === words) return;
    const { open, clock, log } = this.#needs;
    const body: MappingDelay = { link, reasons: [reason], at: toIso(clock.now()) };
    try {
      const { context, witness } = open();
      const operations = [{ action: "update", kind: mappingDelayKind, id, body }] as const;
      const written = await context.record.transact({ operations });
      if (written.ok && (await witness()).ok) this.#noted.set(id, words);
    } catch (failure) {
      log.warn("why a message waits could not be kept", { message: id, error: failure as Error });
    }
  }

  delete(id: string): void {
    this.#noted.delete(id);
  }

  clear(): void {
    this.#noted.clear();
  }
}

/** Why these messages have waited or wait, by their ids. Problems: those of the record. */
export async function mappingDelays(
  record: Pick<HealthRecord, "readMany">,
  ids: readonly string[],
): Promise<Result<ReadonlyMap<string, readonly MessageReason[]>>> {
  if (ids.length === 0) return ok(new Map());
  const found = await record.readMany(ids.map((id) => ({ kind: mappingDelayKind, id })));
  if (!found.ok) return found;
  return ok(new Map(found.value.map((version) => [version.id, parseBody<MappingDelay>(version).reasons])));
}
