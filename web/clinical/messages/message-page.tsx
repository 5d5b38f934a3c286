import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { MessageView } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { AcknowledgementTab } from "./acknowledgement-tab.tsx";
import { HistoryTab } from "./history-tab.tsx";
import { LedgerTab } from "./ledger-tab.tsx";
import { MessageHead } from "./message-head.tsx";
import { messageQuery } from "./message-queries.ts";
import { isMessageTab, type MessageTab, messageTabs, tabCount } from "./message-tabs.ts";
import "./messages.css";
import { DeliveriesTab } from "./deliveries-tab.tsx";
import { ParsedTab } from "./parsed-tab.tsx";
import { RawTab } from "./raw-tab.tsx";
import { ResourcesTab } from "./resources-tab.tsx";
import { WayTab } from "./way-tab.tsx";

const route = getRouteApi("/signed-in/links/messages/$id");

/** One message: what came in, how it reads, what became of it and what was answered. */
export function MessagePage() {
  const { id } = route.useParams();
  const query = useQuery(messageQuery(id));
  return (
    <div className="page">
      <p className="message-back">
        <Link to="/links/messages">
          <Icon name="chevron-left" size={15} /> Messages
        </Link>
      </p>
      {query.data === undefined ? <h1 className="visually-hidden">Message</h1> : null}
      <Loaded query={query} label="Loading the message" rows={10}>
        {(message) => <OpenMessage message={message} />}
      </Loaded>
    </div>
  );
}

function OpenMessage({ message }: { readonly message: MessageView }) {
  const { tab: asked } = route.useSearch();
  const tab = asked !== undefined && isMessageTab(asked) ? asked : "way";
  return (
    <>
      <MessageHead message={message} />
      <nav className="message-tabs" aria-label="Message">
        <ul>
          {messageTabs.map(({ name, label }) => (
            <li key={name}>
              <Link
                to="."
                search={{ tab: name }}
                className="message-tab"
                aria-current={name === tab ? "page" : undefined}
                activeProps={{}}
                replace
              >
                {label}
                <TabCount count={tabCount(message, name)} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <TabBody tab={tab} message={message} />
    </>
  );
}

function TabCount({ count }: { readonly count: number | undefined }) {
  return count === undefined ? null : <span className="message-tab-count tabular">{count}</span>;
}

function TabBody({ tab, message }: { readonly tab: MessageTab; readonly message: MessageView }) {
  switch (tab) {
    case "way":
      return <WayTab message={message} />;
    case "deliveries":
      return <DeliveriesTab id={message.id} />;
    case "raw":
      return <RawTab raw={message.raw} />;
    case "parsed":
      return <ParsedTab segments={message.segments} remarks={message.remarks} />;
    case "resources":
      return <ResourcesTab resources={message.resources} />;
    case "acknowledgement":
      return <AcknowledgementTab acknowledgement={message.acknowledgement} />;
    case "not-mapped":
      return <LedgerTab ledger={message.ledger} segments={message.segments} />;
    case "history":
      return <HistoryTab states={message.states} />;
  }
}
