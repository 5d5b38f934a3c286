import { getRouteApi } from "@tanstack/react-router";
import { ItemsPage } from "./items-page.tsx";

const route = getRouteApi("/signed-in/governance/requests");

/** What people ask for, and what went wrong. */
export function RequestsPage() {
  const filter = route.useSearch();
  return (
    <ItemsPage
      area="requests"
      title="Requests"
      says="What people ask for and complain of, and incidents, with the day by which each is due"
      path="/governance/requests"
      filter={filter}
    />
  );
}
