import type { TrendPoint } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { Flag } from "../../result/flag.tsx";
import { StatusTag } from "../../result/status-tag.tsx";
import "../../../parts/table/table.css";

interface TrendTableProps {
  readonly name: string;
  readonly points: readonly TrendPoint[];
  readonly activeId: string | undefined;
}

/** Every point, newest first, also those that cannot be drawn. */
export function TrendTable({ name, points, activeId }: TrendTableProps) {
  return (
    <div className="table-frame trend-table">
      <table className="table table-stacks">
        <caption className="visually-hidden">{name}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            <th scope="col">Result</th>
            <th scope="col">Flag</th>
            <th scope="col">Reference range</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.observationId} data-active={point.observationId === activeId}>
              <th scope="row" className="nowrap">
                {point.time === undefined ? "not stated" : formatDateTime(point.time)}
              </th>
              <td className="result-amount" data-stands={point.status.stands}>
                {point.value.text}
              </td>
              <td>
                <Flag interpretation={point.interpretation} outsideRange={point.outsideRange} />
              </td>
              <td>{point.range}</td>
              <td>
                <StatusTag status={point.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
