import type { Result } from "#departments/clinical/api";
import { rangePosition } from "./range-position.ts";
import "./result.css";

const width = 84;
const height = 14;
const inset = 5;

/** A picture of where the value lies; range, value and flag stand beside it as text, so it has no words of its own. */
export function RangeBar({ result }: { readonly result: Result }) {
  const { rangeLow: low, rangeHigh: high } = result;
  const number = result.value.number;
  const position = number === undefined ? undefined : rangePosition({ number, low, high });
  if (position === undefined) return null;
  const along = (part: number) => inset + part * (width - 2 * inset);
  const at = along(position.at);
  return (
    <svg className="range-bar" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect className="range-bar-track" x={0} y={5} width={width} height={4} rx={2} />
      <rect
        className="range-bar-band"
        x={position.bandFrom === 0 ? 0 : along(position.bandFrom)}
        y={4}
        width={
          (position.bandTo === 1 ? width : along(position.bandTo)) -
          (position.bandFrom === 0 ? 0 : along(position.bandFrom))
        }
        height={6}
        rx={1}
      />
      <path className="range-bar-value" data-tone={toneOf(result)} d={markerPath(at, position.beyond)} />
    </svg>
  );
}

function toneOf(result: Result): string {
  if (result.interpretation?.tone === "critical") return "critical";
  if (result.interpretation?.tone === "abnormal") return result.interpretation.direction === "low" ? "low" : "high";
  return "plain";
}

/** A diamond at the value; an arrow head where the bar is too short for it. */
function markerPath(at: number, beyond: "left" | "right" | undefined): string {
  const middle = height / 2;
  if (beyond === "left") return `M0 ${middle}L8 2V12Z`;
  if (beyond === "right") return `M${width} ${middle}L${width - 8} 2V12Z`;
  return `M${at} 2L${at + 5} ${middle}L${at} 12L${at - 5} ${middle}Z`;
}
