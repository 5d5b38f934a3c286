import { Link } from "@tanstack/react-router";
import type { LinkState, LinkView } from "#departments/clinical/api";
import { useNow } from "../../parts/clock/now.ts";
import { formatAgo, formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Icon, type IconName } from "../../parts/icon/icon.tsx";
import { RateBars } from "../../parts/rate-bars/rate-bars.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { LinkTypes } from "./link-types.tsx";

const states: Readonly<Record<LinkState, { word: string; tone: TagTone; icon: IconName }>> = {
  listening: { word: "Listening", tone: "good", icon: "check" },
  stopped: { word: "Stopped", tone: "warn", icon: "hold" },
  failed: { word: "Failed", tone: "bad", icon: "cross" },
  unknown: { word: "Not set up", tone: "plain", icon: "about" },
};

/** One link: its state in a word, what needs a person, today's counts, and the last two hours as bars. */
export function LinkCard({ link }: { readonly link: LinkView }) {
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
      </div>
      <div className="link-card-body">
        <Counts link={link} />
        <RateBars perMinute={link.perMinute} from={link.perMinuteFrom} />
      </div>
      <Waiting link={link} />
      <LinkTypes link={link} />
    </section>
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
