import { randomUUID } from "node:crypto";
import { type Clock, type Ids, instant } from "#kernel";

/** The counter's 12 bits start low, so that one millisecond has room for thousands of ids. */
const counterStart = 0;
const counterMax = 0xfff;

/**
 * UUIDs of version 7: the time in front, then a counter, so ids made one after another sort one after another, also
 * within a millisecond and when the clock is set back, and stand side by side in an index.
 * Source: RFC 9562 §5.7 and §6.2, method 1.
 */
export function uuidsInOrder(clock: Clock, randomUuid: () => string = randomUUID): Ids {
  let lastMs = 0;
  let counter = counterStart;
  return {
    next: () => {
      const nowMs = clock.now();
      counter = nowMs > lastMs ? counterStart : counter + 1;
      // More ids than the counter holds borrow the next millisecond.
      lastMs = Math.max(nowMs, counter > counterMax ? lastMs + 1 : lastMs);
      if (counter > counterMax) counter = counterStart;
      return uuidV7(lastMs, counter, randomUuid());
    },
  };
}

export const timeOrderedIds: Ids = uuidsInOrder({ now: () => instant(Date.now()) });

/** The second half of a random UUID, its variant bits included, is the second half of this one. */
function uuidV7(epochMs: number, counter: number, randomUuid: string): string {
  const time = epochMs.toString(16).padStart(12, "0");
  const order = counter.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${order}${randomUuid.slice(18)}`;
}
