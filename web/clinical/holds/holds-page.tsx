import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { HoldsPage as Holds } from "#departments/clinical/api";
import { useLive } from "../../parts/live/use-live.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { HoldFilters } from "./hold-filters.tsx";
import { type HoldFilter, holdsKey, holdsQuery } from "./hold-queries.ts";
import { HoldTable } from "./hold-table.tsx";
import "../../parts/worklist/worklist.css";
import "./holds.css";

const route = getRouteApi("/signed-in/links/holds");

/** Messages of which nothing is in the record until a person decides, the longest waiting first. */
export function HoldsPage() {
  const filter = route.useSearch();
  const query = useInfiniteQuery(holdsQuery(filter));
  useHoldsLive(query.data?.pages[0]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Held messages</h1>
        <p>Nothing of them is on a chart until a person decides; the longest waiting first</p>
      </div>
      <Loaded query={query} label="Loading held messages" rows={8}>
        {({ pages }) => {
          const holds = pages.flatMap((page) => page.holds);
          return (
            <>
              {pages[0] === undefined ? null : <HoldFilters filter={filter} page={pages[0]} />}
              {holds.length === 0 ? <NothingHeld filter={filter} /> : null}
              {holds.length === 0 ? null : (
                <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
                  <HoldTable holds={holds} />
                  <MoreRows query={query} label="Show later messages" />
                </div>
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

/** A message that arrives may be held. */
function useHoldsLive(page: Holds | undefined): void {
  const client = useQueryClient();
  useLive({
    path: "/api/clinical/messages/live",
    position: page?.position,
    onChange: () => void client.invalidateQueries({ queryKey: holdsKey }),
  });
}

function NothingHeld({ filter }: { readonly filter: HoldFilter }) {
  if (Object.keys(filter).length > 0)
    return (
      <EmptyPanel icon="filter" title="No message is held for this">
        Choose another reason or link to see what else waits.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="check-round" title="No message is held">
      A message that may be about somebody else, or that a gate stops, waits here until a person decides.
    </EmptyPanel>
  );
}
