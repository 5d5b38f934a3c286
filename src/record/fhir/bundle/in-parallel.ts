import { limits } from "#kernel";

/** The work on every item, a bounded number of them at a time; results in the order of the items. */
export async function inParallel<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) done[index] = await work(items[index] as Item);
  };
  await Promise.all(Array.from({ length: Math.min(limits.bundleInFlightMax, items.length) }, worker));
  return done;
}
