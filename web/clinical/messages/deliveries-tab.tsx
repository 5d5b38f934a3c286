import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { DeedDrawer } from "../deliveries/deed-drawer.tsx";
import "../deliveries/deliveries.css";
import { type Deed, deliveriesQuery } from "../deliveries/delivery-queries.ts";
import { DeliveryTable } from "../deliveries/delivery-table.tsx";

/** Where the message went on to, what each destination answered, and what may be done where it stands. */
export function DeliveriesTab({ id }: { readonly id: string }) {
  const query = useInfiniteQuery(deliveriesQuery({ message: id }));
  const [deed, setDeed] = useState<Deed>();
  return (
    <section aria-label="Deliveries">
      <Loaded query={query} label="Loading its deliveries" rows={3}>
        {({ pages }) => {
          const deliveries = pages.flatMap((page) => page.deliveries);
          if (deliveries.length === 0)
            return (
              <EmptyPanel icon="links" title="Not sent on">
                No route of its link leads it to a destination, or it waits for a person first.
              </EmptyPanel>
            );
          return (
            <>
              <DeliveryTable deliveries={deliveries} onDeed={setDeed} />
              <MoreRows query={query} label="Show more deliveries" />
            </>
          );
        }}
      </Loaded>
      {deed === undefined ? null : <DeedDrawer deed={deed} onClose={() => setDeed(undefined)} />}
    </section>
  );
}
