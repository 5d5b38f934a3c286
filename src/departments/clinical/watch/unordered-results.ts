import { limits, ok, type Result } from "#kernel";
import { type Cursor, type KindDefinition, noEntries, type Operation, parseBody } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { type FollowedMessage, followedMessage, isResult, numbersOf, orderTypes } from "./followed-message.ts";
import { isText, sound } from "./sound.ts";
import type { WatchedRecord, WatchNeeds } from "./watch-needs.ts";

export const unorderedResultsKind = "UnorderedResults";

/** Messages with results that came over a link on one day, and those of them that nobody had sent an order for. */
export type UnorderedResults = {
  readonly link: string;
  /** On the hospital's clock: `2026-11-23`. */
  readonly day: string;
  readonly results: number;
  readonly unordered: number;
  /** Ids of the first messages. */
  readonly examples: readonly string[];
};

const dayMs = 24 * 60 * 60_000;

export const unorderedResultsDefinition: KindDefinition = {
  kind: unorderedResultsKind,
  check: ({ link, day, results }) =>
    sound(isText(link) && isText(day) && Number.isInteger(results), unorderedResultsKind),
  index: (body) => {
    const { link, day } = body as unknown as UnorderedResults;
    const fromMs = Date.parse(day);
    return { ...noEntries, keys: [`link=${link}`], dates: [{ parameter: "day", fromMs, toMs: fromMs + dayMs }] };
  },
};

/**
 * Counts the new messages with results over links that are watched: a message whose numbers no message with orders has
 * brought until now is one without an order. Problems: those of the record.
 */
export async function unorderedOperations(
  { look, context, links }: WatchNeeds,
  messages: readonly FollowedMessage[],
): Promise<Result<readonly Operation[]>> {
  const watched = new Set(links().flatMap(({ name, watch }) => (watch?.unordered === true ? [name] : [])));
  const results = messages.filter(({ isNew, message }) => isNew && isResult(message) && watched.has(message.link));
  if (results.length === 0) return ok([]);
  const ordered = await orderedNumbers(look, new Set(results.flatMap(({ message }) => numbersOf(message))));
  if (!ordered.ok) return ordered;
  const days = Map.groupBy(results, ({ message: { link, arrivedAt } }) =>
    JSON.stringify([link, context.hospitalTime.local(Date.parse(arrivedAt)).date]),
  );
  const ids = new Map([...days.keys()].map((day) => [day, deterministicId(unorderedResultsKind, day)]));
  const found = await look.readMany([...ids.values()].map((id) => ({ kind: unorderedResultsKind, id })));
  if (!found.ok) return found;
  return ok(
    [...days].map(([key, group]): Operation => {
      const id = ids.get(key) ?? "";
      const before = found.value.find((version) => version.id === id);
      const [link, day] = JSON.parse(key) as [string, string];
      const known = before === undefined ? undefined : parseBody<UnorderedResults>(before);
      const body = counted(known ?? { link, day, results: 0, unordered: 0, examples: [] }, group, ordered.value);
      return { action: "update", kind: unorderedResultsKind, id, body, ifMatch: before?.version ?? 0 };
    }),
  );
}

function counted(
  known: UnorderedResults,
  results: readonly FollowedMessage[],
  ordered: ReadonlySet<string>,
): UnorderedResults {
  const without = results.filter(({ message }) => !numbersOf(message).some((number) => ordered.has(number)));
  return {
    ...known,
    results: known.results + results.length,
    unordered: known.unordered + without.length,
    examples: [...known.examples, ...without.map(({ id }) => id)].slice(0, limits.watchExamplesMax),
  };
}

/** Of these numbers, those that a message with orders has brought. */
async function orderedNumbers(
  look: Pick<WatchedRecord, "search">,
  numbers: ReadonlySet<string>,
): Promise<Result<ReadonlySet<string>>> {
  const ordered = new Set<string>();
  if (numbers.size === 0) return ok(ordered);
  const all = [
    anyKey(...[...numbers].map((number) => `order-number=${number}`)),
    anyKey(...orderTypes.map((type) => `type=${type}`)),
  ];
  let after: Cursor | undefined;
  do {
    const page = await look.search(newestFirst({ kind: linkMessageKind, all, limit: limits.pageSizeMax, after }));
    if (!page.ok) return page;
    for (const version of page.value.versions)
      for (const number of numbersOf(followedMessage(version).message)) ordered.add(number);
    after = page.value.next;
  } while (after !== undefined && ![...numbers].every((number) => ordered.has(number)));
  return ok(ordered);
}
