import { type Clock, type HospitalTime, limits, ok, type Result, toIso } from "#kernel";
import type { HealthRecord } from "#record";
import type { LinkError, LinksPage, LinkView } from "../api.ts";
import { present } from "../messages/present.ts";
import { CountCache } from "./count-cache.ts";
import { firstMinute } from "./figure-times.ts";
import { addCounts, LinkCounter } from "./link-counter.ts";
import type { LinkStatus, LinkStatuses } from "./link-status.ts";
import { recentLinks, recentMessages } from "./recent-messages.ts";

/**
 * The part of the record that figures come from. It may be the whole record's: what is given out are counts, times, types
 * and reasons, never who a message is about; and a page that renews itself would fill the audit log with them.
 */
export type FigureRecord = Pick<HealthRecord, "count" | "search" | "position">;

export interface LinkFiguresNeeds {
  readonly record: FigureRecord;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly statuses: LinkStatuses;
}

/** Figures of all links, worked out from the record at most once in `limits.figuresAgeMs` whoever asks. */
export class LinkFigures {
  readonly #needs: LinkFiguresNeeds;
  readonly #cache = new CountCache();
  #newest: { readonly atMs: number; readonly page: Promise<Result<LinksPage>> } | undefined;

  constructor(needs: LinkFiguresNeeds) {
    this.#needs = needs;
  }

  /** Counts may be `limits.figuresAgeMs` old; the status of a link never is, as it is told when it changes. */
  async page(): Promise<Result<LinksPage>> {
    const page = await this.#counted();
    if (!page.ok) return page;
    const known = this.#needs.statuses();
    const links = page.value.links.map((link) => ({ ...link, ...statusOf(link.name, known) }));
    return ok({ ...page.value, links });
  }

  #counted(): Promise<Result<LinksPage>> {
    const now = this.#needs.clock.now();
    if (this.#newest === undefined || now - this.#newest.atMs >= limits.figuresAgeMs || now < this.#newest.atMs) {
      this.#newest = { atMs: now, page: this.#make() };
    }
    return this.#newest.page;
  }

  async #make(): Promise<Result<LinksPage>> {
    const { record, clock, hospitalTime, statuses } = this.#needs;
    const position = await record.position();
    const known = statuses();
    const used = await recentLinks(record);
    if (!used.ok) return used;
    const names = [...new Set([...known.map((status) => status.name), ...used.value])];
    const views = await Promise.all(names.map((name) => this.#linkView(name, known)));
    const links: LinkView[] = [];
    for (const view of views) {
      if (!view.ok) return view;
      links.push(view.value);
    }
    const now = clock.now();
    return ok({
      links,
      today: addCounts(links.map((link) => link.today)),
      day: hospitalTime.day(now),
      at: toIso(now),
      position,
    });
  }

  async #linkView(name: string, statuses: readonly LinkStatus[]): Promise<Result<LinkView>> {
    const { record, clock, hospitalTime } = this.#needs;
    const counter = new LinkCounter(name, { record, clock, hospitalTime, cache: this.#cache });
    const recent = await recentMessages(record, name);
    if (!recent.ok) return recent;
    const [today, held, rejected, received, perMinute, ...types] = await Promise.all([
      counter.today(),
      counter.waiting("held"),
      counter.waiting("rejected"),
      counter.waiting("received"),
      counter.perMinute(),
      ...recent.value.types.map((type) => counter.todayOfType(type)),
    ]);
    if (!today.ok) return today;
    if (!held.ok) return held;
    if (!rejected.ok) return rejected;
    if (!received.ok) return received;
    if (!perMinute.ok) return perMinute;
    return ok(
      present<LinkView>({
        ...statusOf(name, statuses),
        lastMessage: recent.value.last,
        lastError: lastErrorOf(
          statuses.find((each) => each.name === name),
          recent.value.lastError,
        ),
        today: today.value,
        waiting: { held: held.value, rejected: rejected.value, received: received.value },
        types: types.flatMap((type) => (type.ok ? [type.value] : [])),
        perMinute: perMinute.value,
        perMinuteFrom: firstMinute(clock.now()),
      }),
    );
  }
}

type Status = Pick<
  LinkView,
  "name" | "title" | "state" | "stateText" | "connections" | "connectionsMax" | "destinations"
>;

function statusOf(name: string, statuses: readonly LinkStatus[]): Status {
  const status = statuses.find((each) => each.name === name);
  if (status === undefined) {
    const nothing = { connections: 0, connectionsMax: 0, destinations: [] };
    return { name, title: name, state: "unknown", stateText: "not set up here", ...nothing };
  }
  const { title, state, stateText, connections, connectionsMax, destinations = [] } = status;
  return { name, title, state, stateText, connections, connectionsMax, destinations };
}

/** Whichever is later: of the socket, or of a message. */
function lastErrorOf(status: LinkStatus | undefined, message: LinkError | undefined): LinkError | undefined {
  if (status?.lastError === undefined) return message;
  const ofSocket = { at: toIso(status.lastError.at), text: status.lastError.text };
  return message === undefined || message.at < ofSocket.at ? ofSocket : message;
}
