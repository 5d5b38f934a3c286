import type { ItemView } from "#departments/information/api";
import { formatDate, formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { ClockTag } from "../clock-tag.tsx";

/** Each clock with what it waits for, how it stands and where that is written. */
export function ClocksPart({ item }: { readonly item: ItemView }) {
  if (item.clocks.length === 0) return null;
  return (
    <section className="worklist-part" aria-labelledby="item-clocks">
      <h2 id="item-clocks">Clocks</h2>
      <ul className="governance-clocks">
        {item.clocks.map((clock) => (
          <li key={clock.name}>
            <span className="governance-clock-head">
              {clock.title} <ClockTag clock={clock} />
            </span>
            <span className="quiet">
              {clock.hoursLeft === undefined ? `Due ${formatDate(clock.dueDay)}` : `Due ${formatDateTime(clock.dueAt)}`}
              {clock.stoppedDays === 0 ? "" : ` · stood for ${countOf(clock.stoppedDays, "day")}`}
              {clock.isExtended ? " · extended" : ""}
            </span>
            <span className="quiet">{clock.source}</span>
          </li>
        ))}
      </ul>
      {item.stops.length === 0 ? null : (
        <ul className="worklist-said">
          {item.stops.map(({ from, to, reason }) => (
            <li key={from}>
              {formatDateTime(from)} to {to === undefined ? "now" : formatDateTime(to)}: <q>{reason}</q>
            </li>
          ))}
        </ul>
      )}
      {item.extension === undefined ? null : (
        <p>
          Extended {formatDate(item.extension.at)}: <q>{item.extension.reason}</q>
        </p>
      )}
    </section>
  );
}
