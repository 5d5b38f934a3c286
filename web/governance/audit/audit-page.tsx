import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import "../../parts/table/table.css";
import "../../parts/worklist/worklist.css";
import "../governance.css";
import "./audit.css";
import { AuditCountsPart } from "./audit-counts-part.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { type AuditSearch, auditQuery, exportPath } from "./audit-queries.ts";
import { AuditTable } from "./audit-table.tsx";

/** Who did what, when and why: the audit log, searched. The address of the page is the search, to be kept as a bookmark. */
export function AuditPage() {
  const search: AuditSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const query = useInfiniteQuery(auditQuery(search));
  const [isCounting, setCounting] = useState(false);
  const change = (next: AuditSearch) => void navigate({ to: "/governance/audit", search: next });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Audit</h1>
        <p>
          Everything that was looked at, changed, refused or taken out, newest first. That you look here is in it too.
        </p>
      </div>
      <AuditFilters search={search} onChange={change} />
      <div className="governance-deeds audit-deeds">
        <Button variant="default" size="xs" onClick={() => setCounting(!isCounting)} aria-expanded={isCounting}>
          {isCounting ? "Hide counts" : "Count"}
        </Button>
        <a href={exportPath(search, "csv")} download>
          <Icon name="download" size={15} /> CSV
        </a>
        <a href={exportPath(search, "ndjson")} download>
          <Icon name="download" size={15} /> NDJSON
        </a>
      </div>
      {isCounting && <AuditCountsPart search={search} />}
      <Loaded query={query} label="Searching the log" rows={8}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          if (rows.length === 0) {
            return (
              <EmptyPanel icon="search" title="Nothing found">
                Nothing in the log fits. Widen the days, or take a filter away.
              </EmptyPanel>
            );
          }
          return (
            <>
              <AuditTable rows={rows} onNarrow={(more) => change({ ...search, ...more })} />
              <MoreRows query={query} label="Earlier entries" />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
