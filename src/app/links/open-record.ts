import { disclosingActor } from "#access";
import { type LinkSettings, tellOf, toldTogether, writtenKind } from "#departments/clinical";
import { failed, limits, ok, type Result, unsupported } from "#kernel";
import type { HealthRecord, Version } from "#record";
import type { IntakeNeeds, OpenIntake } from "./intake.ts";
import { contextFor } from "./receiver.ts";

/** What a link whose messages are the record's own changes needs besides. */
export interface RecordFeed {
  /** The whole record: what is told is told to whom the link's routes say. */
  readonly record: Pick<HealthRecord, "history" | "position" | "changed">;
  /** Who wrote a version: `User/3f…`, `Link/lab`; undefined where the audit log does not say. */
  writerOf(version: Version): Promise<Result<string | undefined>>;
}

interface Following {
  readonly settings: () => LinkSettings;
  readonly needs: IntakeNeeds;
  readonly feed: RecordFeed;
  readonly stop: AbortSignal;
  /** Told why it does not go on, or that it does. */
  failing(reason: string | undefined): void;
}

const retryMs = 1_000;
/** Changes of other kinds come all the time: those of a moment are looked at together. */
const lookMs = 100;

/**
 * Follows the record from where it last was, and from now on where it never was. The place is kept behind each message, whose
 * id follows from the version: a crash between them repeats nothing.
 */
export async function openRecord(settings: () => LinkSettings, needs: IntakeNeeds): Promise<Result<OpenIntake>> {
  const { feed } = needs;
  const { name, intake } = settings();
  if (feed === undefined || intake.by !== "record") return failed(noFeed);
  const stopping = new AbortController();
  let problem: string | undefined;
  const failing = (reason: string | undefined) => {
    if (reason === problem) return;
    problem = reason;
    needs.statusChanged();
  };
  const cursor = cursorOf(name);
  if ((await needs.cursors.get(cursor)) === 0) await needs.cursors.set(cursor, await feed.record.position());
  const done = follow({ settings, needs, feed, stop: stopping.signal, failing });
  const kind = writtenKind(intake);
  return ok({
    status: () => ({
      isFailing: problem !== undefined,
      text: problem ?? `follows ${kind} in the record`,
      connections: 0,
      connectionsMax: 0,
    }),
    close: async () => {
      stopping.abort();
      await done;
    },
  });
}

const noFeed = unsupported("intake-unsupported", "This Corridor does not make messages of what is in the record.");

function cursorOf(link: string): string {
  return `record-intake/${link}`;
}

async function follow(following: Following): Promise<void> {
  const { settings, needs, feed, stop, failing } = following;
  const { name } = settings();
  while (!stop.aborted) {
    try {
      const head = await feed.record.position();
      const count = await followOn(following);
      failing(undefined);
      if (count > 0) continue;
      await feed.record.changed(head, stop);
      await pause(lookMs, stop);
    } catch (error) {
      if (stop.aborted) return;
      failing("what was written in the record cannot be made into messages at the moment");
      needs.log.warn("a link does not follow the record", { link: name, ...(error instanceof Error ? { error } : {}) });
      await pause(retryMs, stop);
    }
  }
}

/** The next versions, one after the other; how many there were. Throws where one is to be tried again. */
async function followOn(following: Following): Promise<number> {
  const { settings, needs, feed, stop } = following;
  const { name, intake } = settings();
  if (intake.by !== "record") return 0;
  const after = await needs.cursors.get(cursorOf(name));
  const query = { kind: writtenKind(intake), isOldestFirst: true, after, limit: limits.feedBatchMax } as const;
  const { versions } = given(await feed.record.history(query));
  const groups = toldTogether(versions);
  // A full page may end within a group: what is left of it comes again with the next.
  const isCut = versions.length === limits.feedBatchMax && groups.length > 1;
  for (const group of isCut ? groups.slice(0, -1) : groups) {
    if (stop.aborted) return 1;
    const ours: Version[] = [];
    for (const version of group) if (!isOfLink(given(await feed.writerOf(version)))) ours.push(version);
    if (ours.length > 0) await tell(ours, following);
    await needs.cursors.set(cursorOf(name), group.at(-1)?.position ?? after);
  }
  return versions.length;
}

/** The first version that it tells of. */
function connectionOf([version]: readonly Version[]): string {
  return version === undefined ? "" : `${version.kind}/${version.id}/_history/${version.version}`;
}

/** What links bring is passed on by their own routes, and what workers tidy is nothing new to anybody outside. */
function isOfLink(writer: string | undefined): boolean {
  return writer !== undefined && /^(?:Link|Worker)\//.test(writer);
}

async function tell(versions: readonly Version[], { settings, needs }: Following): Promise<void> {
  const link = settings();
  if (link.intake.by !== "record") return;
  const { hospitalTime, log, safeguardsOf, deliveries } = needs;
  const { context, witness } = contextFor(link.name, { remoteAddress: "" }, needs);
  const waiting = deliveries.passingOnWaiting(link);
  const receiving = {
    context,
    link: link.name,
    connection: connectionOf(versions),
    safeguards: safeguardsOf(link.name),
    offsetMinutesAt: hospitalTime.offsetMinutesAt,
    log,
    ...(waiting === undefined ? {} : { passingOn: waiting.passingOn }),
  };
  const disclosed = needs.access.contextOf(disclosingActor(link.name, link.intake.recipients)).record;
  given(await tellOf(versions, { receiving, settings: link.intake, disclosed }));
  given(await witness());
}

function given<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems[0].code, { cause: result.problems[0].cause });
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stop.addEventListener("abort", end, { once: true });
  });
}
