import type { Context } from "#access";
import type { AttributeMatch, ImageAddress, ImageCursor, ImageLevel, StoredInstance } from "#imaging";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { type DataSet, type Tag, tagNamed } from "#standards/dicom";
import { storedObjects } from "../web/stored-objects.ts";
import { levelOf } from "./query-keys.ts";

const keyOf: Readonly<Record<ImageLevel, Tag>> = {
  patient: tagNamed("PatientID") as Tag,
  study: tagNamed("StudyInstanceUID") as Tag,
  series: tagNamed("SeriesInstanceUID") as Tag,
  instance: tagNamed("SOPInstanceUID") as Tag,
};

/**
 * The objects that a request to retrieve names by the keys of its level and of those above; none is no problem. Problems:
 * `query-level-invalid`, `retrieve-key-missing`, `objects-too-many`. Source: PS3.4 §C.4.2.2.1.
 */
export async function retrievedObjects(
  { images }: Pick<Context, "images">,
  identifier: DataSet,
): Promise<Result<readonly StoredInstance[]>> {
  const level = levelOf(identifier);
  if (!level.ok) return level;
  const match = (Object.keys(keyOf) as ImageLevel[]).flatMap((each): readonly AttributeMatch[] => {
    const values = identifier.texts(keyOf[each]).filter((value) => value !== "");
    return values.length === 0 ? [] : [{ path: [keyOf[each]], test: { is: "one-of", values } }];
  });
  if (!match.some(({ path }) => path[0] === keyOf[level.value])) return failed(keyMissing);
  const addresses = await addressesOf({ images }, level.value === "patient" ? "study" : level.value, match);
  if (!addresses.ok) return addresses;
  const objects: StoredInstance[] = [];
  for (const address of addresses.value) {
    const found = await storedObjects({ images }, address);
    if (found.ok) objects.push(...found.value);
    else if (found.problems[0].category !== "not-found") return found;
  }
  return ok(objects);
}

const keyMissing = incorrect("retrieve-key-missing", "The request names nothing at its level.");

async function addressesOf(
  { images }: Pick<Context, "images">,
  level: ImageLevel,
  match: readonly AttributeMatch[],
): Promise<Result<readonly ImageAddress[]>> {
  const addresses: ImageAddress[] = [];
  let after: ImageCursor | undefined;
  do {
    const question = { level, match, limit: limits.imageRowsMax, ...(after === undefined ? {} : { after }) };
    const found = await images.find(question);
    if (!found.ok) return found;
    addresses.push(...found.value.rows.map(({ uids }) => uids));
    after = found.value.next;
  } while (after !== undefined && addresses.length < limits.retrievedObjectsMax);
  return ok(addresses);
}
