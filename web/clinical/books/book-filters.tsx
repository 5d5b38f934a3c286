import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { usePermission } from "../../shell/session/session.ts";
import { linksQuery } from "../links/link-queries.ts";
import type { BooksFilter } from "./book-queries.ts";

const route = getRouteApi("/signed-in/links/books");

interface BookFiltersProps {
  readonly filter: BooksFilter;
  readonly children: ReactNode;
}

export function BookFilters({ filter, children }: BookFiltersProps) {
  const navigate = route.useNavigate();
  const { data } = useQuery({ ...linksQuery, enabled: usePermission("links.see") });
  const names = new Map(data?.links.map((link) => [link.name, link.title]));
  if (filter.link !== undefined && !names.has(filter.link)) names.set(filter.link, filter.link);
  const change = (field: keyof BooksFilter, value: string) => {
    const { [field]: _before, ...rest } = filter;
    void navigate({ to: ".", search: value === "" ? rest : { ...rest, [field]: value }, replace: true });
  };
  return (
    <search className="book-filters" aria-label="Books">
      <NativeSelect
        label="Link"
        size="xs"
        value={filter.link ?? ""}
        data={[{ value: "", label: "All links" }, ...[...names].map(([value, label]) => ({ value, label }))]}
        onChange={(event) => change("link", event.currentTarget.value)}
      />
      {(["from", "to"] as const).map((field) => (
        <TextInput
          key={field}
          label={field === "from" ? "From" : "To"}
          size="xs"
          type="date"
          value={filter[field] ?? ""}
          onChange={(event) => change(field, event.currentTarget.value)}
        />
      ))}
      {Object.keys(filter).length > 0 ? (
        <Button variant="subtle" size="xs" onClick={() => void navigate({ to: ".", search: {}, replace: true })}>
          The last seven days
        </Button>
      ) : null}
      {children}
    </search>
  );
}
