import { useComputedColorScheme } from "@mantine/core";
import { LineChart } from "echarts/charts";
import { GridComponent, MarkAreaComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { readTrendColours, trendOption } from "./trend-option.ts";
import type { DrawnPoint } from "./trend-series.ts";

use([LineChart, GridComponent, MarkAreaComponent, CanvasRenderer]);

interface TrendPictureProps {
  readonly points: readonly DrawnPoint[];
  /** Index of the point that is read out; -1 for none. */
  readonly active: number;
  readonly label: string;
  onActive(index: number): void;
}

/** The line over time. Arrow keys go from point to point; the mouse points at them. */
export function TrendPicture({ points, active, label, onActive }: TrendPictureProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const scheme = useComputedColorScheme("light");
  useChart(host, chart, onActive);

  useEffect(() => {
    if (host.current === null) return;
    const colours = readTrendColours(host.current);
    chart.current?.setOption(trendOption(points, colours), { notMerge: true });
    host.current.dataset.scheme = scheme;
  }, [points, scheme]);

  useEffect(() => {
    chart.current?.dispatchAction({ type: "downplay", seriesIndex: 0 });
    if (active >= 0) chart.current?.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: active });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = pointForKey(event.key, active, points.length);
    if (next === undefined) return;
    event.preventDefault();
    onActive(next);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is read point by point with the arrow keys
    <div className="trend-picture" role="application" aria-label={label} tabIndex={0} onKeyDown={onKeyDown}>
      <div ref={host} className="trend-canvas" />
    </div>
  );
}

/** Makes the chart once, keeps it as wide as its place, and says which point the mouse is on. */
function useChart(
  host: React.RefObject<HTMLDivElement | null>,
  chart: React.RefObject<EChartsType | undefined>,
  onActive: (index: number) => void,
) {
  const told = useRef(onActive);
  told.current = onActive;
  useEffect(() => {
    if (host.current === null) return;
    const made = init(host.current);
    chart.current = made;
    made.on("mouseover", (event) => told.current(event.dataIndex));
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = undefined;
    };
  }, [host, chart]);
}

function pointForKey(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return Math.min(active + 1, count - 1);
    case "ArrowLeft":
      return active < 0 ? count - 1 : Math.max(active - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
