import { Link } from "@tanstack/react-router";
import type { CumulativeCell, CumulativeColumn, CumulativeRow, CumulativeTable } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { ScrollRegion } from "../../../parts/scroll-region/scroll-region.tsx";
import { ShortFlag } from "../../result/flag.tsx";
import "../../../parts/table/table.css";
import "./cumulative.css";

/** Oldest on the left, newest on the right and in sight first. */
export function CumulativeGrid({ table }: { readonly table: CumulativeTable }) {
  return (
    <>
      <ScrollRegion className="table-frame cumulative" label={table.panel.text} onAppear={showNewest}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="cumulative-test">
                Test, unit and reference range
              </th>
              {table.columns.map((column) => (
                <Head key={column.reportId} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <Row key={`${row.name.code} ${row.name.text}`} row={row} columns={table.columns} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {table.older ? <p className="quiet">There are older reports than these; find them under Results.</p> : null}
    </>
  );
}

function showNewest(region: HTMLElement): void {
  region.scrollLeft = region.scrollWidth;
}

function Head({ column }: { readonly column: CumulativeColumn }) {
  const taken = column.taken === undefined ? "not stated" : formatDateTime(column.taken);
  const [day, time] = taken.split(" ");
  return (
    <th scope="col" className="number">
      {day}
      <br />
      {time}
      {column.status.tone === "final" ? null : <span className="cumulative-status">{column.status.text}</span>}
    </th>
  );
}

interface RowProps {
  readonly row: CumulativeRow;
  readonly columns: readonly CumulativeColumn[];
}

function Row({ row, columns }: RowProps) {
  const trend = row.trendCode;
  return (
    <tr>
      <th scope="row" className="cumulative-test">
        {trend === undefined ? (
          row.name.text
        ) : (
          <Link to="." search={(before) => ({ ...before, trend })} className="cumulative-trend">
            {row.name.text}
          </Link>
        )}
        <span className="cumulative-unit">{[row.unit, row.range].filter(Boolean).join(" · ")}</span>
      </th>
      {columns.map((column, index) => (
        <Cell key={column.reportId} cell={row.cells[index] ?? null} withUnit={row.unit === undefined} />
      ))}
    </tr>
  );
}

function Cell({ cell, withUnit }: { readonly cell: CumulativeCell | null; readonly withUnit: boolean }) {
  if (cell === null)
    return (
      <td className="number quiet">
        <span aria-hidden="true">·</span>
        <span className="visually-hidden">not reported</span>
      </td>
    );
  const text = withUnit ? cell.value.text : (cell.value.amount ?? cell.value.text);
  return (
    <td className="number">
      <span className="result-amount" data-stands={cell.status.stands} data-grave={isGrave(cell)}>
        {text}
      </span>
      <span className="cumulative-flag">
        <ShortFlag interpretation={cell.interpretation} />
      </span>
      {cell.status.tone === "final" ? null : <span className="cumulative-status">{cell.status.text}</span>}
    </td>
  );
}

function isGrave(cell: CumulativeCell): boolean {
  return cell.interpretation?.tone === "abnormal" || cell.interpretation?.tone === "critical";
}
