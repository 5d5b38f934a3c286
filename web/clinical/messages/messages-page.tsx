import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { formatClock, formatDate } from "../../parts/format/dates.ts";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { type Asked, MessageFilters } from "./message-filters.tsx";
import { messagesKey, messagesQuery } from "./message-queries.ts";
import { MessageTable } from "./message-table.tsx";
import "./messages.css";

const route = getRouteApi("/signed-in/links/messages");

/** Below this the reader is still at the top, and new rows may come in by themselves. */
const topPx = 80;

/** Every message that came over a link, found by what a laboratory would name on the telephone. */
export function MessagesPage() {
  const filter = route.useSearch();
  const asked = useAsked();
  const query = useInfiniteQuery(messagesQuery({ ...filter, ...askedFor(asked) }));
  const [waiting, setWaiting] = useState(false);
  const client = useQueryClient();
  const showNew = () => {
    setWaiting(false);
    void client.invalidateQueries({ queryKey: messagesKey });
  };
  useLive({
    path: "/api/clinical/messages/live",
    position: query.data?.pages[0]?.position,
    onChange: () => (window.scrollY < topPx ? showNew() : setWaiting(true)),
  });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Messages</h1>
        <p>Every message that came over a link, newest first</p>
      </div>
      <MessageFilters filter={filter} asked={asked} />
      {waiting ? (
        <div className="messages-new" role="status">
          <Button size="compact-sm" onClick={showNew}>
            New messages have arrived: show them
          </Button>
        </div>
      ) : null}
      <Loaded query={query} label="Loading messages" rows={12}>
        {({ pages }) => {
          const messages = pages.flatMap((page) => page.messages);
          const last = pages.at(-1);
          if (messages.length === 0 && last?.next === undefined)
            return <NothingFound filtered={asked.searchText !== undefined || Object.keys(filter).length > 0} />;
          return (
            <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
              {messages.length === 0 ? null : <MessageTable messages={messages} />}
              <HowFar lookedBackTo={last?.lookedBackTo} isBehind={pages[0]?.isBehind} />
              <MoreRows query={query} label="Show older messages" />
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

/** One text each, so that a page that asks again for the same gives the same. */
function useAsked(): Asked {
  const searchText = useLocation({ select: (location) => location.state.searchText });
  const searchIn = useLocation({ select: (location) => location.state.searchIn });
  return { ...(searchText === undefined ? {} : { searchText }), ...(searchIn === undefined ? {} : { searchIn }) };
}

function askedFor({ searchText, searchIn }: Asked): { readonly q?: string; readonly text?: string } {
  if (searchText === undefined) return {};
  return searchIn === "text" ? { text: searchText } : { q: searchText };
}

interface HowFarProps {
  readonly lookedBackTo: string | undefined;
  readonly isBehind: true | undefined;
}

function HowFar({ lookedBackTo, isBehind }: HowFarProps) {
  return (
    <div role="status">
      {isBehind ? (
        <p className="messages-reach">
          Messages of the last minutes are still being filed by their words: look again later for those.
        </p>
      ) : null}
      {lookedBackTo === undefined ? null : (
        <p className="messages-reach">
          Looked back to {formatDate(lookedBackTo)} {formatClock(lookedBackTo)} so far.
        </p>
      )}
    </div>
  );
}

function NothingFound({ filtered }: { readonly filtered: boolean }) {
  if (filtered)
    return (
      <EmptyPanel icon="filter" title="No message matches">
        Numbers are matched exactly: a whole NHS number, hospital number, control ID or order number. Words are found by
        how they begin, and all of them must be in the message. Clear a filter to see more.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="messages" title="No messages yet">
      Messages appear here as they arrive. The page Links says on which port each link listens.
    </EmptyPanel>
  );
}
