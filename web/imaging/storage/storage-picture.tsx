import { useComputedColorScheme } from "@mantine/core";
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import type { StorageView } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { sizeText } from "../imaging-words.ts";

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

type Figures = StorageView["figures"];

interface StoragePictureProps {
  readonly figures: Figures;
  readonly label: string;
}

/** Bars by month, a colour a modality. The table below says the same. */
export function StoragePicture({ figures, label }: StoragePictureProps) {
  const host = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  useEffect(() => {
    if (host.current === null) return;
    const chart = init(host.current);
    chart.setOption(optionOf(figures, { element: host.current, isDark: scheme === "dark" }));
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(host.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [figures, scheme]);
  return <div ref={host} className="imaging-chart" role="img" aria-label={label} />;
}

/** Apart from one another also for those who see no red or green. Source: Okabe and Ito, Color Universal Design. */
const colours = {
  light: ["#1f5fa8", "#c96a00", "#00795a", "#a3477f", "#7a6a00", "#4aa3dd", "#6b6b6b", "#a3123f", "#5b4bb5", "#8a5a2b"],
  dark: ["#8bb6e4", "#f0a04b", "#4fc9a4", "#e29ac6", "#e3d25a", "#56b4e9", "#b0b0b0", "#ff8fa8", "#b3a7ff", "#d9a06b"],
} as const;

interface Look {
  readonly element: Element;
  readonly isDark: boolean;
}

function optionOf(figures: Figures, { element, isDark }: Look) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: colour("--ink-quiet") };
  const line = { lineStyle: { color: colour("--line") } };
  const months = [...new Set(figures.map(({ month }) => month))].toSorted();
  const modalities = [...new Set(figures.map(({ modality }) => modality))].toSorted();
  const size = (month: string, modality: string) =>
    figures.find((figure) => figure.month === month && figure.modality === modality)?.sizeBytes ?? 0;
  return {
    animation: false,
    color: [...colours[isDark ? "dark" : "light"]],
    grid: { left: 8, right: 12, top: 36, bottom: 4, outerBoundsMode: "same" as const },
    // In one line, also on a phone: more of them would lie on the picture.
    legend: { type: "scroll" as const, top: 0, left: 0, right: 12, textStyle: text },
    tooltip: { trigger: "axis" as const, valueFormatter: (value: unknown) => sizeText(Number(value)) },
    xAxis: {
      type: "category" as const,
      data: months.map(formatDate),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: line,
    },
    yAxis: {
      type: "value" as const,
      axisLabel: { ...text, formatter: (value: number) => sizeText(value) },
      splitLine: line,
    },
    series: modalities.map((modality) => ({
      type: "bar" as const,
      stack: "all",
      barMaxWidth: 44,
      name: modality || "not said",
      data: months.map((month) => size(month, modality)),
    })),
  };
}
