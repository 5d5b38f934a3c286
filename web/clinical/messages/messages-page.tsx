import { Button } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { MessageFilters } from "./message-filters.tsx";
import { messagesKey, messagesQuery } from "./message-queries.ts";
import { MessageTable } from "./message-table.tsx";
import "./messages.css";

const route = getRouteApi("/signed-in/links/messages");

/** Below this the reader is still at the top, and new rows may come in by themselves. */
const topPx = 80;

/** Every message that came over a link, found by what a laboratory would name on the telephone. */
export function MessagesPage() {
  const filter = route.useSearch();
  const q = useLocation({ select: (location) => location.state.searchText });
  const query = useInfiniteQuery(messagesQuery({ ...filter, ...(q === undefined ? {} : { q }) }));
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
      <MessageFilters filter={filter} q={q ?? ""} />
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
          if (messages.length === 0)
            return <NothingFound filtered={q !== undefined || Object.keys(filter).length > 0} />;
          return (
            <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
              <MessageTable messages={messages} />
              <MoreRows query={query} label="Show older messages" />
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}

function NothingFound({ filtered }: { readonly filtered: boolean }) {
  if (filtered)
    return (
      <EmptyPanel icon="filter" title="No message matches">
        Numbers are matched exactly: a whole NHS number, hospital number, control ID or order number. Clear a filter to
        see more.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="messages" title="No messages yet">
      Messages appear here as they arrive. The page Links says on which port each link listens.
    </EmptyPanel>
  );
}
