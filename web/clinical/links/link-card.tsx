import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DestinationView, LinkState, LinkView } from "#departments/clinical/api";
import { limits } from "#kernel";
import { useNow } from "../../parts/clock/now.ts";
import { formatAgo, formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Icon, type IconName } from "../../parts/icon/icon.tsx";
import { RateBars } from "../../parts/rate-bars/rate-bars.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import type { Deed } from "../deliveries/delivery-queries.ts";
import { ageText } from "../holds/age.ts";
import { Certificates } from "./certificates.tsx";
import { lagOf, ratesOf } from "./link-rate.ts";
import { LinkTypes } from "./link-types.tsx";

/** When an unanswered delivery is alerted on. */
const lagWarnMinutes = 15;

/** So many are waiting for a moment whenever messages come fast. */
const unmappedTold = 20;

const states: Readonly<Record<LinkState, { word: string; tone: TagTone; icon: IconName }>> = {
  listening: { word: "Listening", tone: "good", icon: "check" },
  stopped: { word: "Stopped", tone: "warn", icon: "hold" },
  failed: { word: "Failed", tone: "bad", icon: "cross" },
  unknown: { word: "Not set up", tone: "plain", icon: "about" },
};

interface LinkCardProps {
  readonly link: LinkView;
  /** What waits for its messages, as far as the reader may see it. */
  readonly destinations: readonly DestinationView[];
  onDeed(deed: Deed): void;
}

/** One link: its state in a word, what needs a person, its rate and today's counts, and the last two hours as bars. */
export function LinkCard({ link, destinations, onDeed }: LinkCardProps) {
  const state = states[link.state];
  const headingId = `link-${link.name}`;
  return (
    <section className="link-card" aria-labelledby={headingId} data-state={link.state}>
      <div className="link-card-head">
        <h2 id={headingId}>{link.title}</h2>
        <Tag tone={state.tone} icon={state.icon}>
          {state.word}
        </Tag>
        <p className="link-card-facts tabular">
          {link.stateText} · {countOf(link.connections, "connection")} open
        </p>
        <LastMessage link={link} />
        <LinkSwitch link={link} onDeed={onDeed} />
      </div>
      <Rates link={link} destinations={destinations} />
      <div className="link-card-body">
        <Counts link={link} />
        <RateBars perMinute={link.perMinute} from={link.perMinuteFrom} />
      </div>
      <Certificates of="link" name={link.name} />
      <Waiting link={link} />
      <LinkTypes link={link} />
    </section>
  );
}

function LinkSwitch({ link: { name, title, state }, onDeed }: Pick<LinkCardProps, "link" | "onDeed">) {
  const mayManage = usePermission("deliveries.manage");
  if (!mayManage || state === "unknown") return null;
  const is = state === "stopped" ? "start" : "stop";
  const word = is === "start" ? "Start" : "Stop";
  return (
    <Button variant="default" size="xs" aria-label={`${word} ${title}`} onClick={() => onDeed({ is, of: name, title })}>
      {word}
    </Button>
  );
}

/** How much comes now, and how far behind its destinations are. */
function Rates({ link, destinations }: Pick<LinkCardProps, "link" | "destinations">) {
  const now = useNow(5_000);
  const { minute, hour } = ratesOf(link);
  const lag = lagOf(link, destinations, now);
  return (
    <p className="link-rates tabular">
      <span>
        <strong>{formatCount(minute)}</strong> in the last minute
      </span>
      <span>
        <strong>{formatCount(hour)}</strong> in the last hour
      </span>
      <Unmapped link={link} />
      {link.destinations.length === 0 ? null : (
        <span data-warn={lag !== undefined && lag.minutes >= lagWarnMinutes}>
          {lag === undefined ? "nothing waits to go on" : `lag ${ageText(lag.minutes)}, to ${lag.destination}`}
        </span>
      )}
    </p>
  );
}

/** Messages that were acknowledged when they were committed; a few of them are nothing to be told of. */
function Unmapped({ link }: { readonly link: LinkView }) {
  const { received } = link.waiting;
  if (received < unmappedTold) return null;
  return (
    <span data-warn={received >= limits.backlogSlowedFrom}>
      <Link to="/links/messages" search={{ link: link.name, state: "received" }}>
        {formatCount(received)} wait to be mapped
      </Link>
    </span>
  );
}

function LastMessage({ link }: { readonly link: LinkView }) {
  const now = useNow(5_000);
  if (link.lastMessage === undefined) return <p className="link-card-last">No message yet</p>;
  return (
    <p className="link-card-last">
      Last message{" "}
      <Link
        to="/links/messages/$id"
        params={{ id: link.lastMessage.id }}
        title={formatDateTime(link.lastMessage.at)}
        className="tabular"
      >
        {formatAgo(link.lastMessage.at, now)}
      </Link>
    </p>
  );
}

function Counts({ link }: { readonly link: LinkView }) {
  const { today } = link;
  const counts = [
    { term: "Received today", count: today.total, state: undefined },
    { term: "Mapped", count: today.mapped, state: "mapped" },
    { term: "Superseded", count: today.stale, state: "stale" },
    { term: "Held", count: today.held, state: "held" },
    { term: "Rejected", count: today.rejected, state: "rejected" },
  ];
  return (
    <dl className="link-counts">
      {counts.map(({ term, count, state }) => (
        <div key={term} className="link-count" data-state={count === 0 ? "none" : state}>
          <dt>{term}</dt>
          <dd>
            <Link to="/links/messages" search={{ link: link.name, ...(state === undefined ? {} : { state }) }}>
              {formatCount(count)}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What waits for a person, of any day, and what went wrong last. */
function Waiting({ link }: { readonly link: LinkView }) {
  const { held, rejected } = link.waiting;
  if (held + rejected === 0 && link.lastError === undefined) return null;
  return (
    <div className="link-waiting">
      <Icon name="alert" size={17} />
      {held + rejected === 0 ? null : (
        <span>
          {held === 0 ? "" : `${formatCount(held)} held`}
          {held > 0 && rejected > 0 ? " and " : ""}
          {rejected === 0 ? "" : `${formatCount(rejected)} rejected`} in all:{" "}
          <Link to="/links/messages" search={{ link: link.name, state: "held,rejected" }}>
            look at them
          </Link>
        </span>
      )}
      {link.lastError === undefined ? null : (
        <span className="link-error">
          {formatDateTime(link.lastError.at)}: {link.lastError.text}{" "}
          {link.lastError.messageId === undefined ? null : (
            <Link to="/links/messages/$id" params={{ id: link.lastError.messageId }}>
              message
            </Link>
          )}
        </span>
      )}
    </div>
  );
}
