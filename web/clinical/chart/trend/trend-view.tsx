import { useMemo, useState } from "react";
import type { Trend, TrendPoint } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { TrendPicture } from "./trend-picture.tsx";
import { drawnPoints } from "./trend-series.ts";
import { TrendTable } from "./trend-table.tsx";

/** Picture and table of the same points; what one points at, the other marks. */
export function TrendView({ trend }: { readonly trend: Trend }) {
  const points = useMemo(() => drawnPoints(trend.points), [trend.points]);
  const [active, setActive] = useState(-1);
  const shown = points[active]?.point;
  const unit = points.at(-1)?.point.unit;
  if (trend.points.length === 0)
    return (
      <EmptyPanel icon="trend" title="No results of this test">
        Nothing with this code is in the record of this patient.
      </EmptyPanel>
    );
  return (
    <>
      {trend.units.length > 1 ? (
        <p className="trend-warning">
          Reported in {trend.units.join(" and ")}. The picture shows {unit ?? "numbers without a unit"} only; the table
          has everything.
        </p>
      ) : null}
      {points.length === 0 ? null : (
        <>
          <p className="trend-readout tabular" role="status">
            {shown === undefined ? restingText(points.length, unit) : pointText(shown)}
          </p>
          <TrendPicture
            points={points}
            active={active}
            onActive={setActive}
            label={`${trend.name.text} over time, ${points.length} points. Left and right arrow keys go from point to point.`}
          />
          <p className="trend-legend">
            <span data-shape="band">Reference range</span>
            <span data-shape="high">High</span>
            <span data-shape="low">Low</span>
            <span data-shape="critical">Critical</span>
            <span data-shape="hollow">Bound or preliminary</span>
          </p>
        </>
      )}
      <TrendTable name={trend.name.text} points={trend.points} activeId={shown?.observationId} />
      {trend.older ? <p className="quiet">There are older results than these.</p> : null}
    </>
  );
}

function restingText(count: number, unit: string | undefined): string {
  return `${count === 1 ? "1 result" : `${count} results`}${unit === undefined ? "" : ` in ${unit}`}`;
}

function pointText(point: TrendPoint): string {
  const parts = [
    point.time === undefined ? undefined : formatDateTime(point.time),
    point.value.text,
    point.interpretation?.text,
    point.range === undefined ? undefined : `range ${point.range}`,
    point.status.tone === "final" ? undefined : point.status.text,
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}
