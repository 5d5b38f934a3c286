import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DisposalView, RetentionRow } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import "../../parts/worklist/worklist.css";
import "../governance.css";
import { retentionQuery } from "../governance-queries.ts";
import { DisposalList } from "./disposal-list.tsx";
import { ProposeDrawer } from "./propose-drawer.tsx";

/** Records that need not be kept any more, worked out from the record itself, and what becomes of them. */
export function RetentionPage() {
  const query = useInfiniteQuery(retentionQuery);
  const [proposed, setProposed] = useState<RetentionRow>();
  return (
    <div className="page">
      <div className="page-head">
        <h1>Retention</h1>
        <p>
          Records without care in eight years, with what keeps each longest. <Link to="/governance/holds">Holds</Link>{" "}
          stop disposal.
        </p>
      </div>
      <Loaded query={query} label="Working out what is due" rows={6}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.rows);
          return (
            <div className="governance-parts">
              {rows.length === 0 ? (
                <EmptyPanel icon="check-round" title="Nothing is due">
                  A record appears here when nobody has cared for the person for eight years.
                </EmptyPanel>
              ) : (
                <div className="list">
                  <RetentionTable rows={rows} open={openIn(pages[0]?.disposals ?? [])} onPropose={setProposed} />
                  <MoreRows query={query} label="Show more" />
                </div>
              )}
              <DisposalList disposals={pages[0]?.disposals ?? []} names={namesOf(rows)} />
            </div>
          );
        }}
      </Loaded>
      {proposed === undefined ? null : <ProposeDrawer row={proposed} onClose={() => setProposed(undefined)} />}
    </div>
  );
}

/** Of whom a disposal is, for as long as there is somebody. */
function namesOf(rows: readonly RetentionRow[]): ReadonlyMap<string, string> {
  return new Map(rows.filter(({ name }) => name !== "").map(({ patient, name }) => [patient, name]));
}

/** Of whom a disposal waits or is under way. */
function openIn(disposals: readonly DisposalView[]): ReadonlySet<string> {
  const open = disposals.filter(({ state }) => state === "proposed" || state === "agreed");
  return new Set(open.map(({ patient }) => patient));
}

interface RetentionTableProps {
  readonly open: ReadonlySet<string>;
  readonly rows: readonly RetentionRow[];
  onPropose(row: RetentionRow): void;
}

function RetentionTable({ rows, open, onPropose }: RetentionTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks governance-retention">
        <caption className="visually-hidden">Records and how long they are kept</caption>
        <thead>
          <tr>
            <th scope="col">Patient</th>
            <th scope="col">Last care</th>
            <th scope="col">Kept until</th>
            <th scope="col">By</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.patient}>
              <th scope="row">
                {row.name === "" ? row.patient : row.name}
                <span className="worklist-small">born {formatDate(row.birthDate ?? "unknown")}</span>
              </th>
              <td className="nowrap" data-label="Last care">
                {formatDate(row.lastContact)}
              </td>
              <td className="nowrap" data-label="Kept until">
                {formatDate(row.until)}
              </td>
              <td>{row.title}</td>
              <td>
                <span className="governance-entry">
                  <StateTag row={row} />
                  {row.state === "due" && !open.has(row.patient) ? (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Propose disposal: ${row.name}`}
                      onClick={() => onPropose(row)}
                    >
                      Propose disposal
                    </Button>
                  ) : null}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StateTag({ row: { state, hold } }: { readonly row: RetentionRow }) {
  if (state === "held")
    return (
      <Tag tone="warn" icon="hold">
        On hold, {hold}
      </Tag>
    );
  return state === "due" ? (
    <Tag tone="bad" icon="clock">
      Due
    </Tag>
  ) : (
    <Tag tone="good" icon="check">
      Kept
    </Tag>
  );
}
