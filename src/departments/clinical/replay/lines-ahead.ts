import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import { type Line, lineOf } from "../committed/message-lines.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";

/**
 * Which of the next messages have nothing to do with each other: other patients, other orders, and none that joins patients. As
 * messages say who they are about when they come, each is looked at once.
 */
export class LinesAhead {
  readonly #ids: readonly string[];
  readonly #lines = new Map<string, Line>();

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  /** The ids of those from a place on, `most` at most and one at least, where there is one. Problems: those of the record. */
  async next(
    record: Pick<HealthRecord, "readMany">,
    { from, most }: { readonly from: number; readonly most: number },
  ): Promise<Result<readonly string[]>> {
    if (this.#lines.size > limits.replayAheadMax) this.#lines.clear();
    const ids = this.#ids.slice(from, from + most);
    if (ids.length <= 1) return ok(ids);
    if (ids.some((id) => !this.#lines.has(id))) {
      const looked = await this.#look(record, from);
      if (!looked.ok) return looked;
    }
    const known = new Set<string>();
    const end = ids.findIndex((id) => {
      const { keys, isBarrier } = this.#lines.get(id) ?? nobody;
      const isShared = isBarrier || keys.some((key) => known.has(key));
      for (const key of keys) known.add(key);
      return isShared;
    });
    return ok(end === -1 ? ids : ids.slice(0, Math.max(end, 1)));
  }

  async #look(record: Pick<HealthRecord, "readMany">, from: number): Promise<Result<undefined>> {
    const ids = this.#ids.slice(from, from + limits.replayAheadMax).filter((id) => !this.#lines.has(id));
    const read = await record.readMany(ids.map((id) => ({ kind: linkMessageKind, id })));
    if (!read.ok) return read;
    for (const id of ids) this.#lines.set(id, nobody);
    for (const version of read.value) this.#lines.set(version.id, lineOf(parseBody<LinkMessage>(version), false));
    return ok(undefined);
  }
}

/** Of a message that is not in the record any more. */
const nobody: Line = { keys: [], isBarrier: false };
