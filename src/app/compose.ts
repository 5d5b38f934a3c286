import type { Access } from "#access";
import type { Erasing } from "#departments/information";
import type { OpenedImages } from "#imaging";
import { type Log, ok, type Problem, type Result } from "#kernel";
import type { HealthRecord, SearchConcepts } from "#record";
import { openTerminology, terminologyRoutes } from "#terminology";
import { systemClock } from "./clock.ts";
import { openAudit } from "./compose/audit.ts";
import { openAuthorizationPart } from "./compose/authorization.ts";
import { openBulk } from "./compose/bulk.ts";
import { openClinicalDepartment } from "./compose/clinical-department.ts";
import { openConsents } from "./compose/consents.ts";
import { startDatabase } from "./compose/database.ts";
import { alignDirectory } from "./compose/directory.ts";
import { type Addresses, openDoors } from "./compose/doors.ts";
import { openErasing } from "./compose/erasures.ts";
import { openIdentity } from "./compose/identity.ts";
import { openInformation } from "./compose/information.ts";
import { openOptOuts } from "./compose/opt-outs.ts";
import { openRecordParts, type RecordParts } from "./compose/record.ts";
import { everyRoute } from "./compose/routes.ts";
import { type ShutdownStack, shutdownStack } from "./compose/shutdown-stack.ts";
import { openSubscriptionParts } from "./compose/subscriptions.ts";
import type { Config } from "./config.ts";
import { openDataFolder } from "./data-folder.ts";
import { timeOrderedIds } from "./ids.ts";
import { openArchive } from "./imaging/archive.ts";
import { openImaging } from "./imaging/imaging.ts";
import { prometheusMeter } from "./meter.ts";
import type { Progress } from "./progress.ts";
import { ensureWebApp } from "./web-build/web-app.ts";

export { readConfig } from "./config.ts";
export { silentProgress } from "./progress.ts";
export { ensureWebApp, webRoot } from "./web-build/web-app.ts";

export interface StartOptions {
  readonly config: Config;
  readonly log: Log;
  readonly progress: Progress;
}

/** A running Corridor. */
export interface Corridor {
  readonly addresses: Addresses;
  readonly access: Access;
  /** The whole record, for `src/app` alone: whatever else holds it, holds it narrowed. */
  readonly record: HealthRecord;
  /** Resolves when something it cannot do without has ended by itself. */
  readonly failure: Promise<Problem>;
  /** Answers what is under way, closes every door, then the record and the database. */
  stop(): Promise<void>;
}

/**
 * Builds everything and starts it, in order: data folder, database, record, doors. What is acknowledged at a door is
 * in the record by then. Problems, each a line saying what to do: those of every part that can fail to start.
 */
export async function startCorridor(options: StartOptions): Promise<Result<Corridor>> {
  const stack = shutdownStack(options.log);
  const started = await startParts(options, stack).catch(async (error: unknown) => {
    await stack.close();
    throw error;
  });
  if (!started.ok) await stack.close();
  return started;
}

async function startParts({ config, log, progress }: StartOptions, stack: ShutdownStack): Promise<Result<Corridor>> {
  const folder = await openDataFolder(config.dataFolder);
  if (!folder.ok) return folder;
  const webApp = progress.step("Web app", ensureWebApp);
  const database = await progress.step("Database", () => startDatabase(config, log));
  if (!database.ok) return database;
  stack.defer("database", database.value.stop);
  const given = { config, clock: systemClock, ids: timeOrderedIds, log, stack };
  const searched: { concepts?: SearchConcepts } = {};
  const needed = { ...given, target: database.value.target, concepts: () => searched.concepts };
  const opened = await progress.step("Record", () => openRecordParts(needed));
  if (!opened.ok) return opened;
  const { store, hospitalTime, parameters } = opened.value;
  const terminology = await openTerminology({ ...given, record: opened.value.record, store: store.terminology });
  searched.concepts = terminology.search;
  stack.defer("terminology", () => terminology.close());
  const record = terminology.watched(opened.value.record);
  const guarding = { parts: opened.value, given: needed, record, consentCodes: terminology.search, progress };
  const guarded = await openGuarded(guarding);
  if (!guarded.ok) return guarded;
  const { access, erasing, images, optOuts } = guarded.value;
  const metrics = prometheusMeter();
  const wired = { ...given, record, access, hospitalTime, cursors: store.cursors };
  const department = await openClinicalDepartment({
    ...wired,
    ...opened.value,
    record,
    terms: terminology.terms,
    metrics,
  });
  const { links } = department;
  const imaging = await openImaging({ ...wired, images, erasing, metrics, sealKey: opened.value.identity.sealKey });
  if (!imaging.ok) return imaging;
  const bulk = await openBulk({ ...given, record, access, store, optOuts });
  stack.defer("bulk", () => bulk.close());
  const { terms, check } = terminology;
  const information = openInformation({ ...wired, erasing });
  const audit = await openAudit({ ...wired, store });
  if (!audit.ok) return audit;
  const governed = [...information.routes, ...audit.value, ...imaging.value.routes];
  const departments = [...terminologyRoutes(terms), ...bulk.routes, ...department.routes, ...governed];
  const subscriptions = openSubscriptionParts({ ...given, access, store, record });
  const asked = { access, store, metrics, terminology: check, terms };
  const routes = everyRoute({ ...asked, parameters, subscriptions, departments });
  const builtWebApp = await webApp;
  if (!builtWebApp.ok) progress.say(`  ${builtWebApp.problems[0].message}`);
  const authorization = openAuthorizationPart({ ...given, access });
  const opening = { ...given, access, authorization, routes, links, imaging: imaging.value, metrics };
  const doors = await progress.step("Doors", () => openDoors(opening));
  if (!doors.ok) return doors;
  const origin = config.publicOrigin ?? doors.value.http;
  subscriptions.start(origin);
  authorization.start(origin);
  return ok({ addresses: doors.value, access, record, failure: database.value.failure, stop: () => stack.close() });
}

interface Guarding {
  readonly parts: RecordParts;
  readonly given: Parameters<typeof openRecordParts>[0];
  /** Watched by terminology. */
  readonly record: HealthRecord;
  readonly consentCodes: SearchConcepts;
  readonly progress: Progress;
}

interface Guarded {
  readonly access: Access;
  readonly images: OpenedImages;
  readonly optOuts: ReturnType<typeof openOptOuts>;
  readonly erasing: Erasing;
}

/** Who may see what. What was erased and is there again is gone before anything else works on the record. */
async function openGuarded({ parts, given, record, consentCodes, progress }: Guarding): Promise<Result<Guarded>> {
  const consents = await progress.step("Consents", () => openConsents({ ...given, record, concepts: consentCodes }));
  if (!consents.ok) return consents;
  const optOuts = openOptOuts({ ...parts, record }, given.config, given.stack);
  const images = await openArchive({ ...given, ...parts });
  const access = openIdentity({ ...parts, record }, { consents: consents.value, optOuts: optOuts.rule, images });
  await alignDirectory(access, given.log);
  const erasing = await openErasing({ ...given, ...parts, record, access });
  return erasing.ok ? ok({ access, images, optOuts, erasing: erasing.value }) : erasing;
}
