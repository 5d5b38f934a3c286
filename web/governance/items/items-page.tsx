import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type ListDefinition, lists } from "#departments/information/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import "../../parts/worklist/worklist.css";
import "../governance.css";
import { type ItemFilter, itemsQuery } from "../governance-queries.ts";
import { ItemTable } from "./item-table.tsx";
import { NewItemDrawer } from "./new-item-drawer.tsx";

interface ItemsPageProps {
  readonly area: ListDefinition["area"];
  readonly title: string;
  readonly says: string;
  readonly path: "/governance/requests" | "/governance/registers" | "/governance/holds";
  readonly filter: ItemFilter;
}

/** A working list with its filters; what is due first is on top. */
export function ItemsPage({ area, title, says, path, filter }: ItemsPageProps) {
  const shown = { ...filter, area, ...(filter.stage === undefined ? { stage: "open" } : {}) };
  const query = useInfiniteQuery(itemsQuery(shown));
  const [isNew, setNew] = useState(false);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        <p>{says}</p>
      </div>
      <ItemFilters area={area} path={path} filter={filter} onNew={() => setNew(true)} />
      <Loaded query={query} label={`Loading ${title.toLowerCase()}`} rows={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <EmptyPanel icon="check-round" title="Nothing here">
                What is asked for, or registered, appears here with the day by which it is due.
              </EmptyPanel>
            );
          }
          return (
            <div className="list" data-stale={query.isPlaceholderData}>
              <ItemTable items={items} caption={`${title}, what is due first on top`} />
              <MoreRows query={query} label="Show more" />
            </div>
          );
        }}
      </Loaded>
      {isNew ? <NewItemDrawer area={area} list={filter.list} onClose={() => setNew(false)} /> : null}
    </div>
  );
}

interface ItemFiltersProps extends Pick<ItemsPageProps, "area" | "path" | "filter"> {
  onNew(): void;
}

const dues = [
  { value: "", label: "Any time" },
  { value: "overdue", label: "Overdue" },
  { value: "week", label: "Within a week" },
  { value: "month", label: "Within a month" },
];

const stages = [
  { value: "", label: "Open" },
  { value: "closed", label: "Closed" },
];

function ItemFilters({ area, path, filter, onNew }: ItemFiltersProps) {
  const navigate = useNavigate();
  const change = (name: keyof ItemFilter, value: string) => {
    const { [name]: _, ...others } = filter;
    void navigate({ to: path, search: value === "" ? others : { ...others, [name]: value }, replace: true });
  };
  return (
    <search aria-label="Filter" className="worklist-filters">
      <NativeSelect
        label="List"
        size="xs"
        value={filter.list ?? ""}
        data={[
          { value: "", label: "All" },
          ...lists.filter((list) => list.area === area).map(({ name, plural }) => ({ value: name, label: plural })),
        ]}
        onChange={(event) => change("list", event.currentTarget.value)}
      />
      <NativeSelect
        label="Due"
        size="xs"
        value={filter.due ?? ""}
        data={dues}
        onChange={(event) => change("due", event.currentTarget.value)}
      />
      <NativeSelect
        label="State"
        size="xs"
        value={filter.stage ?? ""}
        data={stages}
        onChange={(event) => change("stage", event.currentTarget.value)}
      />
      <NativeSelect
        label="With"
        size="xs"
        value={filter.mine ?? ""}
        data={[
          { value: "", label: "Anybody" },
          { value: "yes", label: "Me" },
        ]}
        onChange={(event) => change("mine", event.currentTarget.value)}
      />
      <WordFilter q={filter.q ?? ""} onAsk={(q) => change("q", q)} />
      <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={onNew}>
        New
      </Button>
    </search>
  );
}

interface WordFilterProps {
  readonly q: string;
  onAsk(q: string): void;
}

/** Asked when it is sent: half a word is no question. */
function WordFilter({ q, onAsk }: WordFilterProps) {
  const [text, setText] = useState(q);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(text.trim());
      }}
    >
      <TextInput
        label="Reference or words"
        size="xs"
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}
