import { instant, limits, ok, type Result, toIso } from "#kernel";
import { parseBody, type Version } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { hourKey } from "../messages/figure-keys.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { hourMs, hourName, hourOfWeek, hourStart } from "./hour-of-week.ts";
import type { Finding, LinkAlert } from "./link-alert.ts";
import { expectedIn, type LinkRhythm, linkRhythmKind, rhythmId } from "./link-rhythm.ts";
import { type Silence, silenceOf } from "./silence.ts";
import type { WatchNeeds } from "./watch-needs.ts";

/** When a link was last heard of, and what its silence since then means. */
export interface Hearing {
  readonly link: string;
  readonly last?: { readonly id: string; readonly at: string };
  readonly silence: Silence;
}

type HearingNeeds = Pick<WatchNeeds, "look"> & {
  readonly context: Pick<WatchNeeds["context"], "clock" | "hospitalTime">;
};

/** Problems: those of the record. */
export async function hear(needs: HearingNeeds, link: string): Promise<Result<Hearing>> {
  const { look, context } = needs;
  const nowMs = context.clock.now();
  const last = await lastMessage(look, link, nowMs);
  if (!last.ok) return last;
  const lastMs = last.value === undefined ? undefined : Date.parse(last.value.at);
  const known = await expectations(needs, link, { fromMs: lastMs ?? nowMs, toMs: nowMs });
  if (!known.ok) return known;
  const silence = silenceOf({ lastMs, nowMs, expectedIn: known.value });
  return ok({ link, ...(last.value === undefined ? {} : { last: last.value }), silence });
}

interface Last {
  readonly id: string;
  readonly at: string;
}

/** Messages that people decide on are among those written last, though they came long before: so some are looked at. */
const newestRead = 20;

async function lastMessage(look: WatchNeeds["look"], link: string, nowMs: number): Promise<Result<Last | undefined>> {
  const recent = [nowMs, nowMs - hourMs].map((atMs) => hourKey(link, hourName(atMs)));
  for (const keys of [recent, [`link=${link}`]]) {
    const page = await look.search(newestFirst({ kind: linkMessageKind, all: [anyKey(...keys)], limit: newestRead }));
    if (!page.ok) return page;
    const [newest] = page.value.versions.map(lastOf).sort((a, b) => (a.at < b.at ? 1 : -1));
    if (newest !== undefined) return ok(newest);
  }
  return ok(undefined);
}

function lastOf(version: Version): Last {
  return { id: version.id, at: parseBody<LinkMessage>(version).arrivedAt };
}

async function expectations(
  { look, context }: HearingNeeds,
  link: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<Result<(hourStartMs: number) => number | undefined>> {
  const ids = new Map<number, string>();
  for (let hour = hourStart(Math.max(fromMs, toMs - limits.watchLookBackMs)); hour < toMs; hour += hourMs)
    ids.set(hour, rhythmId(link, hourOfWeek(hour, context.hospitalTime).number));
  const found = await look.readMany([...new Set(ids.values())].map((id) => ({ kind: linkRhythmKind, id })));
  if (!found.ok) return found;
  const rhythms = new Map(found.value.map((version) => [version.id, parseBody<LinkRhythm>(version)]));
  return ok((hour) => expectedIn(rhythms.get(ids.get(hour) ?? "")));
}

export function silenceFindings(
  hearings: readonly Hearing[],
  { hospitalTime }: Pick<WatchNeeds["context"], "hospitalTime">,
): readonly Finding[] {
  return hearings.flatMap(({ link, last, silence }): readonly Finding[] => {
    if (silence.is !== "silent") return [];
    const { date, clock } = hospitalTime.local(silence.sinceMs);
    return [
      {
        link,
        rule: "silence",
        since: toIso(instant(silence.sinceMs)),
        text: `Nothing has come since ${date} ${clock}, when at least ${silence.missed} messages are usual.`,
        count: silence.missed,
        examples: last === undefined ? [] : [`${linkMessageKind}/${last.id}`],
      },
    ];
  });
}

/** When the first message after the silence came; undefined where none has. Problems: those of the record. */
export async function silenceEnd(
  look: WatchNeeds["look"],
  { link, since }: Pick<LinkAlert, "link" | "since">,
): Promise<Result<string | undefined>> {
  const page = await look.search({
    kind: linkMessageKind,
    all: [anyKey(`link=${link}`), { is: "date", parameter: "arrived", any: [{ fromMinMs: Date.parse(since) + 1 }] }],
    sort: { by: { date: "arrived" }, descending: false },
    limit: 1,
  });
  return page.ok ? ok(page.value.versions.map(lastOf)[0]?.at) : page;
}
