import { type KindDefinition, noEntries } from "#record";
import { isText, isTime, sound } from "./sound.ts";

export const awaitedResultKind = "AwaitedResult";

export const awaitedStates = [
  "waiting", // no result yet
  "answered", // a report has come
  "cancelled", // the order is no longer active
  "given-up", // so late that nobody waits for it
] as const;

/**
 * An order whose result is waited for: the body of a document that has the id of its ServiceRequest. Only those that wait
 * are in an index, so finding what is late takes as long as there are late ones, however many orders there were.
 */
export type AwaitedResult = {
  readonly link: string;
  /** Code of the test, as ordered. */
  readonly test: string;
  /** The order's numbers, of whoever placed it and of whoever fills it. */
  readonly numbers: readonly string[];
  /** Id of the message that brought it. */
  readonly message: string;
  readonly orderedAt: string;
  readonly dueAt: string;
  readonly state: (typeof awaitedStates)[number];
};

export const awaitedWaiting = "state=waiting";

export function awaitedNumberKey(number: string): string {
  return `number=${number}`;
}

export const awaitedResultDefinition: KindDefinition = {
  kind: awaitedResultKind,
  check: ({ link, test, dueAt, state }) =>
    sound(
      isText(link) && isText(test) && isTime(dueAt) && awaitedStates.some((known) => known === state),
      awaitedResultKind,
    ),
  index: (body) => {
    const { link, numbers, dueAt, state } = body as unknown as AwaitedResult;
    if (state !== "waiting") return noEntries;
    const dueMs = Date.parse(dueAt);
    return {
      ...noEntries,
      keys: [awaitedWaiting, `link=${link}`, ...numbers.map(awaitedNumberKey)],
      dates: [{ parameter: "due", fromMs: dueMs, toMs: dueMs + 1, under: [awaitedWaiting] }],
    };
  },
};
