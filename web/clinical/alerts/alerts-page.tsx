import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { AlertView } from "#departments/clinical/api";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { AcknowledgeDrawer } from "./acknowledge-drawer.tsx";
import { AlertFilters } from "./alert-filters.tsx";
import { type AlertFilter, alertsKey, alertsQuery } from "./alert-queries.ts";
import { AlertTable } from "./alert-table.tsx";
import { WatchedLinks } from "./watched-links.tsx";
import "../../parts/worklist/worklist.css";
import "./alerts.css";

const route = getRouteApi("/signed-in/links/alerts");

/** What should have come over the links and did not: open now, past, and how each link stands. */
export function AlertsPage() {
  const filter = route.useSearch();
  const query = useInfiniteQuery(alertsQuery(filter));
  const [acknowledged, setAcknowledged] = useState<AlertView>();
  useAlertsLive(query.data?.pages[0]?.position);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Alerts</h1>
        <p>What should have come over the links, or gone on to its destination, and did not</p>
      </div>
      <Loaded query={query} label="Loading alerts" rows={6}>
        {({ pages }) => {
          const alerts = pages.flatMap((page) => page.alerts);
          return (
            <>
              {pages[0] === undefined ? null : <AlertFilters filter={filter} page={pages[0]} />}
              {alerts.length === 0 ? <NoAlert filter={filter} /> : null}
              {alerts.length === 0 ? null : (
                <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
                  <AlertTable alerts={alerts} onAcknowledge={setAcknowledged} />
                  <MoreRows query={query} label="Show earlier alerts" />
                </div>
              )}
            </>
          );
        }}
      </Loaded>
      <WatchedLinks />
      {acknowledged === undefined ? null : (
        <AcknowledgeDrawer alert={acknowledged} onClose={() => setAcknowledged(undefined)} />
      )}
    </div>
  );
}

/** An alert begins and ends while the page is open. */
function useAlertsLive(position: number | undefined): void {
  const client = useQueryClient();
  useLive({
    path: "/api/clinical/links/live",
    position,
    onChange: ({ kinds }) => {
      if (kinds.includes("LinkAlert")) void client.invalidateQueries({ queryKey: alertsKey });
    },
  });
}

function NoAlert({ filter: { state, ...others } }: { readonly filter: AlertFilter }) {
  if (Object.keys(others).length > 0)
    return (
      <EmptyPanel icon="filter" title="No alert matches">
        Choose another kind or link to see more.
      </EmptyPanel>
    );
  if (state === "past")
    return (
      <EmptyPanel icon="clock" title="No alert has ended yet">
        An alert that is over stays here, with who knew of it and what was done.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="check-round" title={state === "new" ? "Every open alert is acknowledged" : "Nothing is missing"}>
      Corridor looks every half minute for what should have come and did not.
    </EmptyPanel>
  );
}
