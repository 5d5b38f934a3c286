import type { Context } from "#access";
import type { LevelEdit } from "#imaging";
import { failed, notFound, ok, type Result, toIso } from "#kernel";
import { parseBody } from "#record";
import { editedStudy, identifyingKeywords } from "./edited-study.ts";
import { type ImageEdit, imageEditId, imageEditKind } from "./image-edit.ts";

export interface EditOrder {
  readonly study: string;
  /** By keyword; null shows one as it was received. */
  readonly attributes: Readonly<Record<string, string | null>>;
  readonly reason: string;
}

/**
 * Shows a study otherwise than it was received. The stored objects stay as they are: what is changed is put over them on the way
 * out, and its history is kept. When it says something else about whom the study is about, that is decided anew.
 * Problems: not-found; those of `editedStudy`; those of the archive and the record.
 */
export async function editStudy(context: Context, order: EditOrder): Promise<Result<ImageEdit>> {
  const { images, record, actor, clock } = context;
  const { study, attributes, reason } = order;
  const { keeping } = images;
  if (!keeping.ok) return keeping;
  const before = await readEdit(record, study);
  if (!before.ok) return before;
  const merged = { ...before.value?.attributes, ...attributes };
  const shown = Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const edit = await levelEditOf(context, study, shown);
  if (!edit.ok) return edit;
  const { reference: by, display } = actor;
  const body: ImageEdit = { study, attributes: shown, reason, by, display, at: toIso(clock.now()) };
  // Marked on both sides of the write: whatever ends this program between, the study is filed once more with its edit.
  await keeping.value.changed.mark(study);
  const operations = [{ action: "update", kind: imageEditKind, id: imageEditId(study), body }] as const;
  const written = await record.transact({ operations });
  if (!written.ok) return written;
  await keeping.value.changed.mark(study);
  const overlaid = await keeping.value.overlay({ study }, edit.value);
  if (!overlaid.ok) return overlaid;
  const isAboutWhom = Object.keys(attributes).some((keyword) => identifyingKeywords.has(keyword));
  const decided = isAboutWhom ? await keeping.value.relate(study, { state: "unmatched" }) : ok(undefined);
  return decided.ok ? ok(body) : decided;
}

/** Puts what was decided for a study over it, where that was cut short. Safe to run again. */
export async function applyEdit(context: Context, study: string): Promise<Result<void>> {
  const { keeping } = context.images;
  if (!keeping.ok) return keeping;
  const known = await readEdit(context.record, study);
  if (!known.ok) return known;
  if (known.value === undefined) return ok(undefined);
  const edit = await levelEditOf(context, study, known.value.attributes);
  return edit.ok ? keeping.value.overlay({ study }, edit.value) : edit;
}

async function readEdit(record: Context["record"], study: string): Promise<Result<ImageEdit | undefined>> {
  const read = await record.readMany([{ kind: imageEditKind, id: imageEditId(study) }]);
  if (!read.ok) return read;
  const [version] = read.value;
  return ok(version === undefined ? undefined : parseBody<ImageEdit>(version));
}

/** Undefined for what shows everything as it was received. */
async function levelEditOf(
  { images }: Context,
  study: string,
  attributes: Readonly<Record<string, string>>,
): Promise<Result<LevelEdit | undefined>> {
  const first = await images.instances({ address: { study }, withMetadata: true, limit: 1 });
  if (!first.ok) return first;
  const [instance] = first.value.instances;
  if (instance?.metadata === undefined) return failed(notFound("not-found", "There is no such study."));
  return editedStudy({ uid: study, metadata: instance.metadata }, attributes);
}
