import { getRouteApi } from "@tanstack/react-router";
import { ItemsPage } from "./items-page.tsx";

const route = getRouteApi("/signed-in/governance/registers");

/** What is kept up rather than finished. */
export function RegistersPage() {
  const filter = route.useSearch();
  return (
    <ItemsPage
      area="registers"
      title="Registers"
      says="Impact assessments, information assets and flows, and sharing agreements, with their next review"
      path="/governance/registers"
      filter={filter}
    />
  );
}
