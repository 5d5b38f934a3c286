import type { Display, LookupTable, Modality, Window } from "./display.ts";
import { entryFor } from "./lookup-table.ts";

/** A number to a number. */
export type Curve = (value: number) => number;

/** Stored value to the units of the modality. Source: PS3.3 §C.11.1. */
export function modalityCurve(modality: Modality): Curve {
  if (modality.is === "table") return (value) => entryFor(modality.table, value);
  const { slope, intercept } = modality;
  return (value) => value * slope + intercept;
}

/** Units of the modality to 0 … 255, unrounded; outside the window one of the ends. Source: PS3.3 §C.11.2.1.2, §C.11.2.1.3. */
function windowCurve({ center, width, function: kind }: Window): Curve {
  switch (kind) {
    case "LINEAR": {
      if (width <= 1) return (value) => (value <= center - 0.5 ? 0 : 255);
      const scale = 255 / (width - 1);
      return (value) => clamped((value - (center - 0.5)) * scale + 127.5);
    }
    case "LINEAR_EXACT": {
      const scale = 255 / width;
      return (value) => clamped((value - center) * scale + 127.5);
    }
    case "SIGMOID":
      return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
  }
}

function clamped(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

/** Units of the modality to 0 … 255 by a table. Source: PS3.3 §C.11.2.1.1. */
function tableCurve(table: LookupTable): Curve {
  const scale = 255 / (2 ** table.bits - 1);
  return (value) => entryFor(table, value) * scale;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** From black to white over a range, both ends included. */
export function rangeCurve({ low, high }: Range): Curve {
  if (!(high > low)) return (value) => (value > low ? 255 : 127.5);
  const scale = 255 / (high - low);
  return (value) => clamped((value - low) * scale);
}

/** What is wished for, or the first table or window of the data set; undefined where it has neither. */
export function chosenCurve({ voiTables, windows }: Display, wished: Window | undefined): Curve | undefined {
  if (wished !== undefined) return windowCurve(wished);
  const [table] = voiTables;
  if (table !== undefined) return tableCurve(table);
  const [window] = windows;
  return window === undefined ? undefined : windowCurve(window);
}
