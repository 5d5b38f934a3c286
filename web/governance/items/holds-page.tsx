import { getRouteApi } from "@tanstack/react-router";
import { ItemsPage } from "./items-page.tsx";

const route = getRouteApi("/signed-in/governance/holds");

/** What may not be disposed of, whatever its age. */
export function HoldsPage() {
  const filter = route.useSearch();
  return (
    <ItemsPage
      area="retention"
      title="Holds on disposal"
      says="Inquiries, litigation and the like: while one is in force, nothing that it covers is disposed of"
      path="/governance/holds"
      filter={filter}
    />
  );
}
