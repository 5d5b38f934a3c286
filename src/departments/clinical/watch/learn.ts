import { instant, limits, ok, type Result, toIso } from "#kernel";
import { type Operation, parseBody } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { hourKey } from "../messages/figure-keys.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { hourMs, hourName, hourOfWeek, hourStart } from "./hour-of-week.ts";
import {
  type LinkLearning,
  type LinkRhythm,
  learningId,
  learnt,
  linkLearningKind,
  linkRhythmKind,
  type RhythmWeek,
  rhythmId,
} from "./link-rhythm.ts";
import type { WatchNeeds } from "./watch-needs.ts";

/** A message that arrived may still be on its way into the record; after this long its hour is closed. */
const settlingMs = 2 * 60_000;
const weekMs = 7 * 24 * hourMs;

export interface Learning {
  readonly link: string;
  /** An alert says that the link is silent since then: what follows teaches nothing. */
  readonly silentFromMs: number | undefined;
}

/**
 * Counts the messages of the hours of a link that are over and not learnt yet, the oldest first,
 * `limits.watchHoursLearntMax` at most, from the figures of its messages: its whole history, when it is new here. Bank
 * holidays and silences teach nothing. Returns how many hours it went on. Problems: those of the record.
 */
export async function learnRhythm(needs: WatchNeeds, learning: Learning): Promise<Result<number>> {
  const known = await progressOf(needs, learning.link);
  if (!known.ok) return known;
  if (known.value === undefined) return ok(0);
  const { version, state } = known.value;
  const hours = hoursFrom(Date.parse(state.to), needs.context.clock.now());
  const last = hours.at(-1);
  if (last === undefined) return ok(0);
  const rhythms = await rhythmsWith(needs, learning, hours);
  if (!rhythms.ok) return rhythms;
  const body: LinkLearning = { ...state, to: toIso(instant(last + hourMs)) };
  const id = learningId(learning.link);
  const progress: Operation = { action: "update", kind: linkLearningKind, id, body, ifMatch: version };
  const written = await needs.context.record.transact({ operations: [...rhythms.value, progress] });
  return written.ok ? ok(hours.length) : written;
}

interface Known {
  readonly version: number;
  readonly state: LinkLearning;
}

/** Undefined where the link never had a message. */
async function progressOf({ look, context }: WatchNeeds, link: string): Promise<Result<Known | undefined>> {
  const found = await look.readMany([{ kind: linkLearningKind, id: learningId(link) }]);
  if (!found.ok) return found;
  const [version] = found.value;
  if (version !== undefined) return ok({ version: version.version, state: parseBody<LinkLearning>(version) });
  const sort = { by: "updated", descending: false } as const;
  const first = await look.search({ kind: linkMessageKind, all: [anyKey(`link=${link}`)], sort, limit: 1 });
  if (!first.ok) return first;
  const [message] = first.value.versions;
  if (message === undefined) return ok(undefined);
  const { arrivedAt } = parseBody<LinkMessage>(message);
  const earliestMs = context.clock.now() - limits.watchWeeksMax * weekMs;
  const from = toIso(instant(hourStart(Math.max(Date.parse(arrivedAt), earliestMs)) + hourMs));
  return ok({ version: 0, state: { link, from, to: from } });
}

function hoursFrom(fromMs: number, nowMs: number): readonly number[] {
  const over = Math.floor((nowMs - settlingMs - fromMs) / hourMs);
  return Array.from(
    { length: Math.max(0, Math.min(over, limits.watchHoursLearntMax)) },
    (_, at) => fromMs + at * hourMs,
  );
}

async function rhythmsWith(
  { look, context }: WatchNeeds,
  { link, silentFromMs = Number.POSITIVE_INFINITY }: Learning,
  hours: readonly number[],
): Promise<Result<readonly Operation[]>> {
  const taught = hours
    .map((startMs) => ({ startMs, ...hourOfWeek(startMs, context.hospitalTime) }))
    .filter(({ startMs, isHoliday }) => !isHoliday && startMs + hourMs <= silentFromMs);
  const ids = [...new Set(taught.map(({ number }) => rhythmId(link, number)))];
  const found = await look.readMany(ids.map((id) => ({ kind: linkRhythmKind, id })));
  if (!found.ok) return found;
  const versions = new Map(found.value.map(({ id, version }) => [id, version]));
  const rhythms = new Map(found.value.map((version) => [version.id, parseBody<LinkRhythm>(version)]));
  for (const { startMs, number } of taught) {
    const week = await weekOf(look, link, startMs);
    if (!week.ok) return week;
    const id = rhythmId(link, number);
    rhythms.set(id, learnt(rhythms.get(id) ?? { link, hourOfWeek: number, weeks: [] }, week.value));
  }
  return ok([...rhythms].map(([id, body]) => rhythmWrite(id, body, versions.get(id) ?? 0)));
}

function rhythmWrite(id: string, body: LinkRhythm, ifMatch: number): Operation {
  return { action: "update", kind: linkRhythmKind, id, body, ifMatch };
}

async function weekOf(look: WatchNeeds["look"], link: string, startMs: number): Promise<Result<RhythmWeek>> {
  const hour = hourName(startMs);
  const count = await look.count(newestFirst({ kind: linkMessageKind, all: [anyKey(hourKey(link, hour))], limit: 1 }));
  return count.ok ? ok({ hour, count: count.value }) : count;
}
