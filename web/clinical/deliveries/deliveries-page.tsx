import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { DeedDrawer } from "./deed-drawer.tsx";
import "./deliveries.css";
import { DeliveryFilters } from "./delivery-filters.tsx";
import { type Deed, type DeliveryFilter, deliveriesQuery, destinationsQuery } from "./delivery-queries.ts";
import { DeliveryTable } from "./delivery-table.tsx";
import { DestinationList } from "./destination-list.tsx";
import { StrandedList } from "./stranded-list.tsx";

const route = getRouteApi("/signed-in/links/deliveries");

/** Where messages go besides the record: each destination, and each message on its way there. */
export function DeliveriesPage() {
  const filter = route.useSearch();
  const [deed, setDeed] = useState<Deed>();
  const destinations = useQuery(destinationsQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Deliveries</h1>
        <p>What goes on to other systems, in order, and what stands still</p>
      </div>
      <div className="deliveries">
        <section aria-labelledby="destinations">
          <h2 id="destinations">Destinations</h2>
          <Loaded query={destinations} label="Loading the destinations" rows={3}>
            {(page) => (
              <>
                <StrandedList page={page} onDeed={setDeed} />
                <DestinationList page={page} onDeed={setDeed} />
              </>
            )}
          </Loaded>
        </section>
        <section aria-labelledby="deliveries">
          <h2 id="deliveries">Messages on their way, the last to change first</h2>
          <DeliveryFilters filter={filter} destinations={destinations.data?.destinations ?? []} />
          <Deliveries filter={filter} onDeed={setDeed} />
        </section>
      </div>
      {deed === undefined ? null : <DeedDrawer deed={deed} onClose={() => setDeed(undefined)} />}
    </div>
  );
}

interface DeliveriesProps {
  readonly filter: DeliveryFilter;
  onDeed(deed: Deed): void;
}

function Deliveries({ filter, onDeed }: DeliveriesProps) {
  const query = useInfiniteQuery(deliveriesQuery(filter));
  return (
    <Loaded query={query} label="Loading deliveries" rows={8}>
      {({ pages }) => {
        const deliveries = pages.flatMap((page) => page.deliveries);
        if (deliveries.length === 0) return <NoDelivery filter={filter} />;
        return (
          <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
            <DeliveryTable deliveries={deliveries} onDeed={onDeed} />
            <MoreRows query={query} label="Show older deliveries" />
          </div>
        );
      }}
    </Loaded>
  );
}

function NoDelivery({ filter }: { readonly filter: DeliveryFilter }) {
  if (Object.keys(filter).length > 0)
    return (
      <EmptyPanel icon="filter" title="No delivery matches">
        Clear a filter to see more.
      </EmptyPanel>
    );
  return (
    <EmptyPanel icon="messages" title="Nothing was sent on yet">
      A message appears here as soon as a route of its link names a destination for it.
    </EmptyPanel>
  );
}
