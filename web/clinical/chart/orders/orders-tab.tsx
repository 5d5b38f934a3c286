import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TimelineEntry } from "#departments/clinical/api";
import { ResourceLink } from "../../../explorer/link/resource-link.tsx";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../../parts/table/more-rows.tsx";
import { StatusTag } from "../../result/status-tag.tsx";
import { timelineQuery } from "../chart-queries.ts";
import "../../../parts/table/table.css";
import "../documents/documents.css";

const route = getRouteApi("/signed-in/patients/$id");

/** What was asked for, newest first. */
export function OrdersTab() {
  const { id } = route.useParams();
  const query = useInfiniteQuery(timelineQuery(id, "order"));
  return (
    <>
      <h2 className="documents-head">Orders</h2>
      <Loaded query={query} label="Loading orders">
        {({ pages }) => (
          <>
            <OrderTable orders={pages.flatMap((page) => page.entries)} />
            <MoreRows query={query} label="Show more" />
          </>
        )}
      </Loaded>
    </>
  );
}

function OrderTable({ orders }: { readonly orders: readonly TimelineEntry[] }) {
  if (orders.length === 0)
    return (
      <EmptyPanel icon="order" title="No orders">
        Requests for tests appear here when they are sent, or with the first result that names them.
      </EmptyPanel>
    );
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Orders</caption>
        <thead>
          <tr>
            <th scope="col">Requested</th>
            <th scope="col">Order</th>
            <th scope="col">Details</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id}>
              <td className="nowrap">{order.time === undefined ? "not stated" : formatDateTime(order.time)}</td>
              <th scope="row">
                {order.title} <ResourceLink type="ServiceRequest" id={order.id} of={order.title} />
              </th>
              <td className="quiet">{order.summary}</td>
              <td>
                <StatusTag status={order.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
