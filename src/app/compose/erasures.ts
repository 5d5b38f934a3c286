import { join } from "node:path";
import { type Access, disposingActor, workerActor } from "#access";
import { forgetWords } from "#departments/clinical";
import type { Erasing } from "#departments/information";
import { eraseStudy } from "#imaging";
import { type Clock, failed, type Log, limits, ok, type Result, unavailable } from "#kernel";
import {
  type BlobStore,
  type ErasurePlan,
  type HealthRecord,
  type Key,
  keyText,
  openErasures,
  type StreamedBlobs,
} from "#record";
import { type ErasureFolder, openErasureFolder } from "#storage/files";
import type { PostgresStore } from "#storage/postgres";
import type { Config } from "../config.ts";
import { recordDefinitions } from "./record.ts";

export interface ErasureNeeds {
  readonly config: Pick<Config, "dataFolder" | "auditCheckpoints">;
  readonly store: Pick<PostgresStore, "erasures" | "imageErasure">;
  readonly blobs: BlobStore;
  readonly imageBlobs: StreamedBlobs;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly access: Access;
  readonly clock: Clock;
  readonly log: Log;
}

/** The folders that hold the list of erasures: in the data folder, and where checkpoints of the log are kept besides. */
export function erasureFolders({ dataFolder, auditCheckpoints }: ErasureNeeds["config"]): readonly string[] {
  const elsewhere = auditCheckpoints === undefined ? [] : [auditCheckpoints];
  return [dataFolder, ...elsewhere].map((folder) => join(folder, "erasures"));
}

/**
 * What erases. A record that was restored from a backup may hold again what was erased since: that goes first, before anybody
 * can ask for it. Problems: unavailable `erasures-unreadable`; those of the record.
 */
export async function openErasing(needs: ErasureNeeds): Promise<Result<Erasing>> {
  try {
    const folders = await Promise.all(erasureFolders(needs.config).map(openErasureFolder));
    const erasing = erasingOf(needs, folders);
    const again = await eraseAgain(needs, folders, erasing);
    return again.ok ? ok(erasing) : again;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return failed(
      unavailable("erasures-unreadable", `The list of what was erased cannot be used (${code ?? message}).`, { cause }),
    );
  }
}

function erasingOf(needs: ErasureNeeds, folders: readonly ErasureFolder[]): Erasing {
  const { store, blobs, imageBlobs, clock, log } = needs;
  const index = store.imageErasure;
  const erasures = openErasures({
    store: store.erasures,
    blobs,
    lists: { append: async (plan) => void (await Promise.all(folders.map((folder) => folder.append(plan)))) },
    eraseStudy: (study) => eraseStudy({ index, blobs: imageBlobs }, study),
    kinds: recordDefinitions,
    clock,
    log,
  });
  return { ...erasures, studiesOf: async (asked) => ok(await index.studiesOf(asked)), forgetWords };
}

async function eraseAgain(
  needs: ErasureNeeds,
  folders: readonly ErasureFolder[],
  erasing: Erasing,
): Promise<Result<void>> {
  const known = await needs.store.erasures.decisions();
  const listed = await Promise.all(folders.map((folder) => folder.decisions()));
  for (const decision of new Set(listed.flat())) {
    if (known.has(decision)) continue;
    const plans = (await Promise.all(folders.map((folder) => folder.read(decision)))).flat();
    const done = await eraseListed(needs, { decision, plans, erasing });
    if (!done.ok) return done;
    needs.log.warn("what was erased was there again, and is erased again", { decision });
  }
  return ok(undefined);
}

interface Listed {
  readonly decision: string;
  readonly plans: readonly ErasurePlan[];
  readonly erasing: Erasing;
}

async function eraseListed(needs: ErasureNeeds, { decision, plans, erasing }: Listed): Promise<Result<void>> {
  const { record, access, store, clock } = needs;
  const keys = [...new Map(plans.flatMap(({ documents }) => documents).map((key) => [keyText(key), key])).values()];
  const studies = [...new Set(plans.flatMap((plan) => plan.studies))];
  const context = access.contextOf(disposingActor(workerActor("disposal")));
  const messages = await messagesAmong(record, keys);
  if (!messages.ok) return messages;
  const words = await forgetWords(context.record, messages.value);
  if (!words.ok) return words;
  const documents = [...keys, ...words.value];
  // Last, so that a start that is cut short before begins with the list again.
  const gone = await deleteStanding({ whole: record, record: context.record }, documents);
  if (!gone.ok) return gone;
  await store.erasures.plan({ decision, at: plans[0]?.at ?? clock.now(), documents, studies });
  const erased = await erasing.carryOut(decision, async () => ok(undefined));
  return erased.ok ? ok(undefined) : erased;
}

async function messagesAmong(record: HealthRecord, keys: readonly Key[]) {
  const found = await record.readMany(keys.filter(({ kind }) => kind === "LinkMessage"));
  if (!found.ok) return found;
  return ok(
    found.value.map(({ id, body }) => ({ id, arrivedAt: (JSON.parse(body) as { arrivedAt: string }).arrivedAt })),
  );
}

async function deleteStanding(
  { whole, record }: { readonly whole: HealthRecord; readonly record: HealthRecord },
  keys: readonly Key[],
): Promise<Result<void>> {
  for (let start = 0; start < keys.length; start += limits.disclosurePageMax) {
    const standing = await whole.readMany(keys.slice(start, start + limits.disclosurePageMax));
    if (!standing.ok) return standing;
    const operations = standing.value.map(({ kind, id }) => ({ action: "delete", kind, id }) as const);
    const gone = operations.length === 0 ? ok([]) : await record.transact({ operations });
    if (!gone.ok) return gone;
  }
  return ok(undefined);
}
