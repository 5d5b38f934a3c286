import { hospitalClock } from "../../../parts/clock/hospital-clock.ts";
import { formatDate } from "../../../parts/format/dates.ts";
import type { DrawnPoint } from "./trend-series.ts";
import { rangeBands, valueSpan } from "./trend-series.ts";

/** Colours of the page, read from its style sheet, because a canvas does not know them. */
export interface TrendColours {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly band: string;
  readonly line: string;
  readonly ground: string;
  readonly high: string;
  readonly low: string;
  readonly critical: string;
}

export function readTrendColours(element: Element): TrendColours {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: read("--ink"),
    quiet: read("--ink-quiet"),
    grid: read("--line"),
    band: read("--band"),
    line: read("--chart-line"),
    ground: read("--surface"),
    high: read("--high"),
    low: read("--low"),
    critical: read("--critical-ink"),
  };
}

/** What ECharts needs to draw the line, the reference band behind it, and a shape for each kind of point. */
export function trendOption(points: readonly DrawnPoint[], colours: TrendColours) {
  const { bottom, top } = valueSpan(points);
  const axis = {
    axisLine: { lineStyle: { color: colours.grid } },
    axisLabel: { color: colours.quiet, hideOverlap: true },
  };
  return {
    animation: false,
    grid: { left: 8, right: 18, top: 12, bottom: 4, outerBoundsMode: "same" as const },
    xAxis: { type: "time" as const, ...axis, axisLabel: { ...axis.axisLabel, formatter: dayLabel } },
    yAxis: {
      type: "value" as const,
      min: bottom,
      max: top,
      ...axis,
      axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false, formatter: roundLabel },
      splitLine: { lineStyle: { color: colours.grid, opacity: 0.6 } },
    },
    series: [
      {
        type: "line" as const,
        data: points.map((drawn) => pointItem(drawn, colours)),
        lineStyle: { color: colours.line, width: 2 },
        emphasis: { scale: 1.6, lineStyle: { width: 2 } },
        markArea: {
          silent: true,
          itemStyle: { color: colours.band, opacity: 0.55 },
          data: rangeBands(points).map((band) => [
            { xAxis: band.fromMs, yAxis: band.low ?? bottom },
            { xAxis: band.toMs, yAxis: band.high ?? top },
          ]) as [{ xAxis: number; yAxis: number }, { xAxis: number; yAxis: number }][],
        },
      },
    ],
  };
}

const downwards = "path://M0 0H12L6 11Z";

/** Upwards for high, downwards for low, a diamond for critical; hollow while it is a bound or not yet final. */
function pointItem({ point, timeMs, number }: DrawnPoint, colours: TrendColours) {
  const look = shapeOf(point.interpretation?.tone, point.interpretation?.direction, colours);
  const hollow = point.value.comparator !== undefined || point.status.tone === "preliminary";
  return {
    value: [timeMs, number],
    symbol: look.symbol,
    symbolSize: look.size,
    itemStyle: { color: hollow ? colours.ground : look.colour, borderColor: look.colour, borderWidth: hollow ? 2 : 1 },
  };
}

function shapeOf(tone: string | undefined, direction: string | undefined, colours: TrendColours) {
  if (tone === "critical") return { symbol: "diamond", size: 14, colour: colours.critical };
  if (tone !== "abnormal") return { symbol: "circle", size: 8, colour: colours.line };
  if (direction === "low") return { symbol: downwards, size: 10, colour: colours.low };
  return { symbol: "triangle", size: 11, colour: colours.high };
}

function roundLabel(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The day on the hospital's clock. ECharts puts its marks by the browser's. */
function dayLabel(timeMs: number): string {
  return formatDate(hospitalClock().local(timeMs).date);
}
