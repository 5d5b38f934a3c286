import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { CodeRowView } from "#departments/clinical/api";
import { countOf } from "../../../parts/format/numbers.ts";
import { Icon } from "../../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../../parts/table/more-rows.tsx";
import { usePermission } from "../../../shell/session/session.ts";
import { CodesHead } from "../codes-head.tsx";
import { RowDrawer } from "./row-drawer.tsx";
import { RowTable } from "./row-table.tsx";
import { TableFacts } from "./table-facts.tsx";
import { TableFilters } from "./table-filters.tsx";
import { codeRowsQuery, codeTablesQuery } from "./table-queries.ts";
import "./tables.css";

const route = getRouteApi("/signed-in/links/codes/tables");

/** What is being written: a row that is there, or a new one. */
type Editing = { readonly row?: CodeRowView };

/** What every code means, from the guide up to one sender's own, and who may change it does so here. */
export function TablesPage() {
  const filter = route.useSearch();
  const tables = useQuery(codeTablesQuery);
  const query = useInfiniteQuery(codeRowsQuery(filter));
  const mayChange = usePermission("links.configure");
  const [editing, setEditing] = useState<Editing>();
  const table = tables.data?.guide.find(({ name }) => name === filter.table);
  return (
    <div className="page">
      <CodesHead
        title="Code tables"
        note="What the codes of messages mean: the HL7 guide, the trust, what was approved, one link or sender"
      />
      <TableFilters filter={filter} tables={tables.data} />
      {table === undefined ? null : <TableFacts table={table} />}
      <Loaded query={query} label="Loading codes" rows={8}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          const [first] = pages;
          return (
            <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
              <div className="code-rows-head">
                <p className="quiet tabular" role="status">
                  {countOf(first?.total ?? 0, "row")}
                </p>
                {mayChange && tables.data !== undefined ? (
                  <Button size="xs" leftSection={<Icon name="pencil" size={15} />} onClick={() => setEditing({})}>
                    Add a row
                  </Button>
                ) : null}
              </div>
              {rows.length === 0 ? (
                <NoRows />
              ) : (
                <RowTable
                  rows={rows}
                  tables={tables.data?.guide ?? []}
                  onEdit={mayChange ? (row) => setEditing({ row }) : undefined}
                />
              )}
              <MoreRows query={query} label="Show more rows" />
            </div>
          );
        }}
      </Loaded>
      {editing === undefined || tables.data === undefined ? null : (
        <RowDrawer row={editing.row} table={filter.table} tables={tables.data} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}

function NoRows() {
  return (
    <EmptyPanel icon="filter" title="No row is like this">
      A code that is in no table stays as it was sent. Senders' own codes without a meaning are on the worklist.
    </EmptyPanel>
  );
}
