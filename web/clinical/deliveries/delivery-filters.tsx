import { Button, NativeSelect } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { DestinationView } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import type { DeliveryFilter } from "./delivery-queries.ts";

const route = getRouteApi("/signed-in/links/deliveries");

const stateChoices = [
  { value: "", label: "Any state" },
  { value: "parked", label: "Parked: needs a person" },
  { value: "queued", label: "Waiting" },
  { value: "delivered", label: "Delivered" },
  { value: "cancelled", label: "Skipped" },
];

interface DeliveryFiltersProps {
  readonly filter: DeliveryFilter;
  readonly destinations: readonly Pick<DestinationView, "name" | "title">[];
}

export function DeliveryFilters({ filter, destinations }: DeliveryFiltersProps) {
  const navigate = route.useNavigate();
  const change = (field: keyof DeliveryFilter, value: string) => {
    const { [field]: _before, ...rest } = filter;
    void navigate({ to: ".", search: value === "" ? rest : { ...rest, [field]: value }, replace: true });
  };
  const names = new Map(destinations.map(({ name, title }) => [name, title]));
  if (filter.destination !== undefined && !names.has(filter.destination))
    names.set(filter.destination, filter.destination);
  return (
    <search className="delivery-filters" aria-label="Deliveries">
      <NativeSelect
        label="Destination"
        size="xs"
        value={filter.destination ?? ""}
        data={[{ value: "", label: "All destinations" }, ...[...names].map(([value, label]) => ({ value, label }))]}
        onChange={(event) => change("destination", event.currentTarget.value)}
      />
      <NativeSelect
        label="State"
        size="xs"
        value={filter.state ?? ""}
        data={stateChoices}
        onChange={(event) => change("state", event.currentTarget.value)}
      />
      {filter.link === undefined && filter.day === undefined ? null : (
        <p className="quiet">
          {filter.link === undefined ? "" : `Of ${filter.link} `}
          {filter.day === undefined ? "" : `of ${formatDate(filter.day)}`}
        </p>
      )}
      {Object.keys(filter).length > 0 ? (
        <Button variant="subtle" size="xs" onClick={() => void navigate({ to: ".", search: {}, replace: true })}>
          {filter.message === undefined ? "Clear" : "Of every message"}
        </Button>
      ) : null}
    </search>
  );
}
