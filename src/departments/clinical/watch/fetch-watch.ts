import type { z } from "zod";
import type { Context } from "#access";
import { instant, limits, ok, type Result, toIso } from "#kernel";
import { parseBody } from "#record";
import type { UnorderedDay, WatchPage, WatchView, watchQuery } from "../api/alerts.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { present } from "../messages/present.ts";
import { awaitedResultKind, awaitedWaiting } from "./awaited-result.ts";
import { type Hearing, hear } from "./hearing.ts";
import type { Silence } from "./silence.ts";
import { type UnorderedResults, unorderedResultsKind } from "./unordered-results.ts";
import type { WatchedLink, WatchNeeds } from "./watch-needs.ts";

type Asked = Pick<WatchNeeds, "look" | "links"> & { readonly context: Context };

const dayMs = 24 * 60 * 60_000;
const daysDefault = 7;

/** How each watched link stands: counts, times and ids of messages, nothing of a patient. Problems: those of the record. */
export async function fetchWatch(asked: Asked, query: z.infer<typeof watchQuery>): Promise<Result<WatchPage>> {
  const watched = asked.links().filter(({ name, watch }) => watch !== undefined && (query.link ?? name) === name);
  const links: WatchView[] = [];
  for (const link of watched) {
    const view = await watchView(asked, link, query);
    if (!view.ok) return view;
    links.push(view.value);
  }
  return ok({ links });
}

async function watchView(
  asked: Asked,
  { name: link, watch }: WatchedLink,
  query: z.infer<typeof watchQuery>,
): Promise<Result<WatchView>> {
  const hearing = await hear(asked, link);
  if (!hearing.ok) return hearing;
  const overdue = await countOverdue(asked, link);
  if (!overdue.ok) return overdue;
  const unordered = await unorderedDays(asked, link, query);
  if (!unordered.ok) return unordered;
  return ok(
    present<WatchView>({
      link,
      ...silenceShown(hearing.value, watch?.silence === true),
      overdue: overdue.value,
      unordered: unordered.value,
    }),
  );
}

const stateTexts: Readonly<Record<Silence["is"] | "off", string>> = {
  off: "silence is not watched for",
  learning: "learning: too few weeks are known of these hours",
  "too-little": "so little comes at this hour that nothing can be said",
  fine: "as usual for this hour of the week",
  silent: "silent for longer than usual",
};

function silenceShown({ last, silence }: Hearing, isWatched: boolean) {
  const state = isWatched ? silence.is : "off";
  const silentSince = isWatched && silence.is === "silent" ? toIso(instant(silence.sinceMs)) : undefined;
  return { state, stateText: stateTexts[state], lastMessageAt: last?.at, silentSince } as const;
}

async function countOverdue({ look, context }: Asked, link: string): Promise<Result<number>> {
  const due = {
    is: "date",
    parameter: "due",
    any: [{ fromMaxMs: context.clock.now() }],
    under: awaitedWaiting,
  } as const;
  const all = [anyKey(awaitedWaiting), anyKey(`link=${link}`), due];
  return look.count(newestFirst({ kind: awaitedResultKind, all, limit: 1 }));
}

async function unorderedDays(
  { look, context: { clock, hospitalTime } }: Asked,
  link: string,
  { from, to }: z.infer<typeof watchQuery>,
): Promise<Result<readonly UnorderedDay[]>> {
  const today = Date.parse(hospitalTime.day(clock.now()));
  const fromMinMs = from === undefined ? today - (daysDefault - 1) * dayMs : Date.parse(from);
  const fromMaxMs = to === undefined ? today : Date.parse(to);
  const day = { is: "date", parameter: "day", any: [{ fromMinMs, fromMaxMs }] } as const;
  const page = await look.search(
    newestFirst({
      kind: unorderedResultsKind,
      all: [anyKey(`link=${link}`), day],
      newestBy: "day",
      limit: limits.pageSizeMax,
    }),
  );
  if (!page.ok) return page;
  return ok(
    page.value.versions.map((version) => {
      const { link: _, ...counts } = parseBody<UnorderedResults>(version);
      return counts;
    }),
  );
}
