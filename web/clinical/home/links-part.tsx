import { Link } from "@tanstack/react-router";
import type { LinksOverview } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { MessageStateTag } from "../messages/message-state-tag.tsx";
import "../../parts/table/table.css";

/** Messages that wait for a person, newest first. */
export function LinksPart({ links }: { readonly links: LinksOverview }) {
  const waiting = links.held + links.rejected;
  return (
    <section className="home-part" aria-labelledby="home-links">
      <div className="home-part-head">
        <h2 id="home-links">Messages that need a person</h2>
        <p className="quiet tabular">
          {countOf(links.today.total, "message")} today, {formatCount(links.today.mapped)} mapped ·{" "}
          <Link to="/links">all links</Link>
        </p>
      </div>
      <Waiting links={links} />
      {waiting === 0 ? (
        <p className="home-good">
          <Icon name="check-round" size={18} /> None is held or rejected.
        </p>
      ) : (
        <>
          <MessageList links={links} />
          {waiting > links.newest.length ? (
            <p className="home-note">
              <Link to="/links/messages" search={{ state: "held,rejected" }}>
                All {formatCount(waiting)}
              </Link>
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

/** What waits, counted, each count leading to its page. */
function Waiting({ links }: { readonly links: LinksOverview }) {
  const { held, rejected, proposed, parked, alerts, unacknowledged } = links;
  if (held + rejected + parked + alerts === 0) return null;
  return (
    <ul className="home-counts">
      {alerts === 0 ? null : (
        <li>
          <Link to="/links/alerts" search={unacknowledged === 0 ? {} : { state: "new" }}>
            <strong>{formatCount(unacknowledged === 0 ? alerts : unacknowledged)}</strong>{" "}
            {alertsWord({ alerts, unacknowledged })}
          </Link>
        </li>
      )}
      {held === 0 ? null : (
        <li>
          <Link to="/links/holds">
            <strong>{formatCount(held)}</strong> held
          </Link>
        </li>
      )}
      {proposed === 0 ? null : (
        <li>
          <Link to="/links/holds" search={{ proposed: "true" }}>
            <strong>{formatCount(proposed)}</strong> {proposed === 1 ? "waits" : "wait"} for a second person
          </Link>
        </li>
      )}
      {parked === 0 ? null : (
        <li>
          <Link to="/links/deliveries" search={{ state: "parked" }}>
            <strong>{formatCount(parked)}</strong> parked on the way to a destination
          </Link>
        </li>
      )}
      {rejected === 0 ? null : (
        <li>
          <Link to="/links/messages" search={{ state: "rejected" }}>
            <strong>{formatCount(rejected)}</strong> rejected
          </Link>
        </li>
      )}
    </ul>
  );
}

function alertsWord({ alerts, unacknowledged }: Pick<LinksOverview, "alerts" | "unacknowledged">): string {
  if (unacknowledged === 0) return alerts === 1 ? "open alert, seen to" : "open alerts, all seen to";
  return unacknowledged === 1 ? "alert that nobody knows of yet" : "alerts that nobody knows of yet";
}

function MessageList({ links }: { readonly links: LinksOverview }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Held and rejected messages, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Arrived</th>
            <th scope="col">Type</th>
            <th scope="col">Sender</th>
            <th scope="col">State</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {links.newest.map((message) => (
            <tr key={message.id}>
              <th scope="row" className="nowrap">
                <Link
                  to={message.state === "held" ? "/links/holds/$id" : "/links/messages/$id"}
                  params={{ id: message.id }}
                  className="table-link"
                >
                  {formatDateTime(message.arrivedAt)}
                </Link>
              </th>
              <td>{message.type ?? "not stated"}</td>
              <td>{message.sender}</td>
              <td>
                <MessageStateTag state={message.state} />
              </td>
              <td>{message.reasons[0]?.message ?? message.stateText}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
