import { useComputedColorScheme } from "@mantine/core";
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { MonthStand } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

interface MonthsPictureProps {
  readonly months: readonly MonthStand[];
  readonly label: string;
}

/** Bars by month, in time and late on top of each other. The table below says the same. */
export function MonthsPicture({ months, label }: MonthsPictureProps) {
  const host = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (host.current === null) return;
    const chart = init(host.current);
    chart.setOption(optionOf(months, host.current));
    host.current.dataset.scheme = scheme;
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [months, scheme]);
  return <div ref={host} className="governance-chart" role="img" aria-label={label} />;
}

function optionOf(months: readonly MonthStand[], element: Element) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: colour("--ink-quiet") };
  const line = { lineStyle: { color: colour("--line") } };
  const bars = { type: "bar" as const, stack: "all", barMaxWidth: 34 };
  return {
    animation: false,
    grid: { left: 8, right: 12, top: 32, bottom: 4, outerBoundsMode: "same" as const },
    legend: { top: 0, left: 0, textStyle: text },
    tooltip: { trigger: "axis" as const },
    xAxis: {
      type: "category" as const,
      data: months.map(({ month }) => formatDate(month)),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: line,
    },
    yAxis: { type: "value" as const, minInterval: 1, axisLabel: text, splitLine: line },
    series: [
      {
        ...bars,
        name: "In time",
        data: months.map(({ onTime }) => onTime),
        itemStyle: { color: colour("--chart-line") },
      },
      {
        ...bars,
        name: "Late",
        data: months.map(({ closed, onTime }) => closed - onTime),
        itemStyle: { color: colour("--bad") },
      },
    ],
  };
}
