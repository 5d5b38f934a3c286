import { limits, ok, type Result } from "#kernel";
import { type Operation, parseBody } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { expiringFindings } from "./expiring-certificates.ts";
import { followMessages } from "./follow-messages.ts";
import { type Hearing, hear, silenceEnd, silenceFindings } from "./hearing.ts";
import { learnRhythm } from "./learn.ts";
import { type AlertRule, alertSubject, type Finding, type LinkAlert, linkAlertKind } from "./link-alert.ts";
import { type LinkSequence, linkSequenceKind, sequenceFindings } from "./link-sequence.ts";
import { givenUp, overdueFindings, readOverdue } from "./overdue.ts";
import { type OpenAlert, settleAlerts } from "./settle-alerts.ts";
import { stuckFindings } from "./stuck-deliveries.ts";
import { unmappedFindings } from "./unmapped-messages.ts";
import { cursorMoved, readWatchCursor } from "./watch-cursor.ts";
import { isFollowed, type WatchedLink, type WatchedRecord, type WatchNeeds } from "./watch-needs.ts";

/**
 * One look at what did not arrive: new messages are followed, the rhythm of the links is learnt, and alerts are opened and
 * closed. Safe to run again, to be killed anywhere, and to run in several processes. Problems: those of the record; a
 * conflict means that another process was faster, and nothing is lost by it.
 */
export async function watchRound(needs: WatchNeeds): Promise<Result<undefined>> {
  const links = needs.links();
  const open = await openAlerts(needs.look);
  if (!open.ok) return open;
  const isQuiet = links.length === 0 && open.value.length === 0;
  if (isQuiet && (await expiringNow(needs)).length === 0) return ok(undefined);
  const followed = links.some(isFollowed) ? await followAll(needs) : ok(true);
  const hearings = await listen(needs, links, open.value);
  if (!hearings.ok) return hearings;
  const isBehind = !followed.ok || !followed.value;
  const judged = await judge(needs, { hearings: hearings.value, undecided: isBehind ? followedRules : [] });
  if (!followed.ok) return followed;
  return judged;
}

async function expiringNow({ certificates, context }: WatchNeeds): Promise<readonly Finding[]> {
  return expiringFindings((await certificates?.()) ?? [], context.clock.now());
}

/** Only what stands on the way to destinations: for when somebody is to be told of it at once. Problems: as above. */
export function watchDeliveries(needs: WatchNeeds): Promise<Result<undefined>> {
  return judge(needs, { hearings: [], undecided: ["silence", ...followedRules] });
}

/** What is learnt by following messages one by one. */
const followedRules = ["result-overdue", "sequence-gap"] as const satisfies readonly AlertRule[];

/** Whether everything has been followed: while much comes in, the rest is left for the next look. */
async function followAll(needs: WatchNeeds): Promise<Result<boolean>> {
  for (let commits = 0; commits < limits.watchCommitsMax; commits += 1) {
    const followed = await followMessages(needs);
    if (!followed.ok) return followed;
    if (followed.value < limits.watchMessagesMax) return ok(true);
  }
  return ok(false);
}

async function listen(
  needs: WatchNeeds,
  watched: readonly WatchedLink[],
  open: readonly OpenAlert[],
): Promise<Result<readonly Hearing[]>> {
  const hearings: Hearing[] = [];
  for (const { name: link, watch } of watched) {
    if (watch?.silence !== true) continue;
    const silent = open.find(({ alert }) => alert.link === link && alert.rule === "silence");
    const silentFromMs = silent === undefined ? undefined : Date.parse(silent.alert.since);
    for (let commits = 0; commits <= limits.watchWeeksMax; commits += 1) {
      const learnt = await learnRhythm(needs, { link, silentFromMs });
      if (!learnt.ok) return learnt;
      if (learnt.value < limits.watchHoursLearntMax) break;
    }
    const hearing = await hear(needs, link);
    if (!hearing.ok) return hearing;
    hearings.push(hearing.value);
  }
  return ok(hearings);
}

interface Heard {
  readonly hearings: readonly Hearing[];
  /** Rules that cannot be judged: messages have come that are not followed yet, and would be taken for missing. */
  readonly undecided: readonly AlertRule[];
}

/** Decided and written from one place of the cursor: whoever was faster makes it fail, and the next look finds it done. */
async function judge(needs: WatchNeeds, heard: Heard): Promise<Result<undefined>> {
  const { look, context } = needs;
  const cursor = await readWatchCursor(look);
  if (!cursor.ok) return cursor;
  const open = await openAlerts(look);
  if (!open.ok) return open;
  const found = await findingsNow(needs, heard);
  if (!found.ok) return found;
  const { findings, undecided } = found.value;
  const ends = await silenceEnds(look, open.value, findings);
  if (!ends.ok) return ends;
  const endedAt = (alert: LinkAlert) => ends.value.get(alertSubject(alert));
  const now = context.clock.now();
  const settled = settleAlerts({ open: open.value, findings, endedAt, undecided, now });
  const operations: readonly Operation[] = [...settled, ...found.value.operations];
  if (operations.length === 0) return ok(undefined);
  const written = await context.record.transact({ operations: [...operations, cursorMoved(cursor.value)] });
  return written.ok ? ok(undefined) : written;
}

interface Found {
  readonly findings: readonly Finding[];
  readonly undecided: ReadonlySet<AlertRule>;
  readonly operations: readonly Operation[];
}

async function findingsNow(needs: WatchNeeds, { hearings, undecided }: Heard): Promise<Result<Found>> {
  const { look, context, links } = needs;
  const nowMs = context.clock.now();
  const all = links();
  const destinations = new Set(all.flatMap(({ routes }) => routes.flatMap(({ to }) => to)));
  const stuck = await stuckFindings(look, [...destinations], nowMs);
  if (!stuck.ok) return stuck;
  const unmapped = await unmappedFindings(
    look,
    all.map(({ name }) => name),
    nowMs,
  );
  if (!unmapped.ok) return unmapped;
  const expiring = await expiringNow(needs);
  const here = [...silenceFindings(hearings, context), ...stuck.value, ...unmapped.value, ...expiring];
  if (undecided.length > 0) return ok({ findings: here, undecided: new Set(undecided), operations: [] });
  const watched = all.filter(({ watch }) => watch !== undefined);
  const overdue = await readOverdue(look, nowMs);
  if (!overdue.ok) return overdue;
  const sequences = await openSequences(look, watched);
  if (!sequences.ok) return sequences;
  const names = new Set(watched.map(({ name }) => name));
  const late = overdueFindings(overdue.value, nowMs).filter(({ link }) => names.has(link));
  return ok({
    findings: [...here, ...sequenceFindings(sequences.value, nowMs), ...late],
    undecided: new Set(overdue.value.isCutOff ? ["result-overdue"] : []),
    operations: givenUp(overdue.value, nowMs),
  });
}

async function openSequences(
  look: WatchedRecord,
  watched: readonly WatchedLink[],
): Promise<Result<readonly LinkSequence[]>> {
  const names = new Set(watched.flatMap(({ name, watch }) => (watch?.sequence === true ? [name] : [])));
  if (names.size === 0) return ok([]);
  const all = [anyKey("state=gap")];
  const page = await look.search(newestFirst({ kind: linkSequenceKind, all, limit: limits.pageSizeMax }));
  if (!page.ok) return page;
  const sequences = page.value.versions.map((version) => parseBody<LinkSequence>(version));
  return ok(sequences.filter(({ link }) => names.has(link)));
}

async function silenceEnds(
  look: WatchedRecord,
  open: readonly OpenAlert[],
  findings: readonly Finding[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const ends = new Map<string, string>();
  for (const { alert } of open) {
    const isOver = !findings.some((finding) => alertSubject(finding) === alertSubject(alert));
    if (alert.rule !== "silence" || !isOver) continue;
    const end = await silenceEnd(look, alert);
    if (!end.ok) return end;
    if (end.value !== undefined) ends.set(alertSubject(alert), end.value);
  }
  return ok(ends);
}

async function openAlerts(look: WatchedRecord): Promise<Result<readonly OpenAlert[]>> {
  const query = { kind: linkAlertKind, all: [anyKey("state=open")], limit: limits.watchAlertsOpenMax };
  const page = await look.search(newestFirst(query));
  if (!page.ok) return page;
  return ok(
    page.value.versions.map((version) => {
      return { id: version.id, version: version.version, alert: parseBody<LinkAlert>(version) };
    }),
  );
}
