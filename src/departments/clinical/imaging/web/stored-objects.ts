import type { Context } from "#access";
import type { ImageAddress, StoredInstance } from "#imaging";
import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";

/** Every object of a study or series, or the one, without metadata. Problems: `image-not-found`, `objects-too-many`. */
export async function storedObjects(
  { images }: Pick<Context, "images">,
  address: ImageAddress,
): Promise<Result<readonly StoredInstance[]>> {
  const objects: StoredInstance[] = [];
  const limit = address.instance === undefined ? limits.imageInstancesPageMax : 1;
  for (let after: readonly (string | number)[] | undefined, isFirst = true; isFirst || after !== undefined; ) {
    const page = await images.instances({
      address,
      withMetadata: false,
      limit,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    objects.push(...page.value.instances);
    if (objects.length > limits.retrievedObjectsMax) return failed(tooMany);
    after = address.instance === undefined ? page.value.next : undefined;
    isFirst = false;
  }
  return objects.length === 0 ? failed(absent(address)) : ok(objects);
}

/** The first object there, without metadata. Problem: `image-not-found`. */
export async function firstObject(
  { images }: Pick<Context, "images">,
  address: ImageAddress,
): Promise<Result<StoredInstance>> {
  const page = await images.instances({ address, withMetadata: false, limit: 1 });
  if (!page.ok) return page;
  const [first] = page.value.instances;
  return first === undefined ? failed(absent(address)) : ok(first);
}

/** One object. */
export async function storedObject(
  context: Pick<Context, "images">,
  address: ImageAddress,
): Promise<Result<StoredInstance>> {
  const found = await storedObjects(context, address);
  if (!found.ok) return found;
  const [first] = found.value;
  return first === undefined ? failed(absent(address)) : ok(first);
}

export const tooMany = incorrect(
  "objects-too-many",
  `More than ${limits.retrievedObjectsMax} objects are not sent in one answer; ask for each series.`,
);

export function absent({ series, instance }: ImageAddress) {
  const what = instance !== undefined ? "object" : series !== undefined ? "series" : "study";
  return notFound("image-not-found", `There is no such ${what}.`);
}
