import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { WatchPage, WatchView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "../../parts/table/table.css";
import { watchQuery } from "./alert-queries.ts";

const states: Readonly<Record<WatchView["state"], { word: string; tone: TagTone; icon: IconName }>> = {
  off: { word: "Not watched", tone: "plain", icon: "offline" },
  learning: { word: "Learning", tone: "accent", icon: "trend" },
  "too-little": { word: "Too little to tell", tone: "plain", icon: "about" },
  fine: { word: "As usual", tone: "good", icon: "check" },
  silent: { word: "Silent", tone: "bad", icon: "alert" },
};

/** How each link stands now, and the results of the last week that nobody had sent an order for. */
export function WatchedLinks() {
  const query = useQuery(watchQuery);
  return (
    <section className="alert-watch" aria-labelledby="alert-watch">
      <h2 id="alert-watch">How the links stand</h2>
      <Loaded query={query} label="Loading how the links stand" rows={2}>
        {(page) =>
          page.links.length === 0 ? <p className="quiet">No link is watched.</p> : <WatchTable page={page} />
        }
      </Loaded>
    </section>
  );
}

function WatchTable({ page }: { readonly page: WatchPage }) {
  return (
    <ScrollRegion className="table-frame" label="Links that are watched">
      <table className="table table-stacks">
        <caption className="visually-hidden">Links that are watched</caption>
        <thead>
          <tr>
            <th scope="col">Link</th>
            <th scope="col">Comes in</th>
            <th scope="col">Last message</th>
            <th scope="col">Results late</th>
            <th scope="col">Results without an order, last week</th>
          </tr>
        </thead>
        <tbody>
          {page.links.map((link) => (
            <Row key={link.link} link={link} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ link }: { readonly link: WatchView }) {
  const { word, tone, icon } = states[link.state];
  return (
    <tr>
      <th scope="row">{link.link}</th>
      <td>
        <Tag tone={tone} icon={icon}>
          {word}
        </Tag>
        <span className="worklist-small">{link.stateText}</span>
      </td>
      <td className="nowrap">{link.lastMessageAt === undefined ? "none yet" : formatDateTime(link.lastMessageAt)}</td>
      <td>{link.overdue === 0 ? "none late" : `${formatCount(link.overdue)} late`}</td>
      <td>
        <Unordered link={link} />
      </td>
    </tr>
  );
}

function Unordered({ link: { unordered } }: { readonly link: WatchView }) {
  const mayRead = usePermission("messages.read");
  const results = unordered.reduce((sum, day) => sum + day.results, 0);
  const without = unordered.reduce((sum, day) => sum + day.unordered, 0);
  if (results === 0) return <span className="quiet">not counted</span>;
  const examples = mayRead ? unordered.flatMap((day) => day.examples).slice(0, 3) : [];
  return (
    <>
      {formatCount(without)} of {formatCount(results)}
      <span className="alert-examples">
        {examples.map((id, at) => (
          <Link key={id} to="/links/messages/$id" params={{ id }}>
            Example {at + 1}
          </Link>
        ))}
      </span>
    </>
  );
}
