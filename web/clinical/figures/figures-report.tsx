import type { DayFigures, FiguresPage } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { type Bar, BarsPicture } from "./bars-picture.tsx";
import { durationText } from "./duration-text.ts";
import { FigureFacts } from "./figure-facts.tsx";
import { type FigureRow, FigureTable } from "./figure-table.tsx";

interface ReportProps {
  readonly page: FiguresPage;
  /** By name of the link. */
  readonly titles: ReadonlyMap<string, string>;
}

/** The figures of a span as facts, pictures and tables. */
export function FiguresReport({ page, titles }: ReportProps) {
  if (page.days.every(({ received }) => received === 0))
    return (
      <EmptyPanel icon="trend" title="No message came in on these days">
        Choose more days, or another link. Messages are counted within seconds of their arrival.
      </EmptyPanel>
    );
  return (
    <>
      <FigureFacts page={page} />
      {page.uncounted === 0 ? null : (
        <p className="quiet">
          Of {countOf(page.uncounted, "message")} only the number is known: types, hours, reasons and times were not
          counted yet when they came.
        </p>
      )}
      <div className="figures-pictures">
        <Days days={page.days} />
        <Hours hours={page.hours} />
      </div>
      <Traffic page={page} titles={titles} />
      <Obstacles page={page} />
      <FigureTable
        title="Day by day"
        columns={["Day", "Received", "Sent on", "Held now", "Rejected", "Parked now"]}
        rows={page.days.toReversed().map((day) => ({ name: formatDate(day.day), values: countsOf(day) }))}
        none="No days."
      />
    </>
  );
}

function Days({ days }: { readonly days: readonly DayFigures[] }) {
  const bars = days.map(({ day, received, sent }): Bar => ({ name: formatDate(day), received, sent }));
  return (
    <BarsPicture
      title="By day"
      sentence={mostOf(bars)}
      bars={bars}
      first={bars[0]?.name ?? ""}
      last={bars.at(-1)?.name ?? ""}
    />
  );
}

function Hours({ hours }: { readonly hours: readonly number[] }) {
  const bars = hours.map((received, hour): Bar => ({ name: `${String(hour).padStart(2, "0")}:00`, received }));
  return (
    <BarsPicture title="Received by hour of the day" sentence={mostOf(bars)} bars={bars} first="00:00" last="23:00" />
  );
}

function mostOf(bars: readonly Bar[]): string {
  const [most] = bars.toSorted((one, other) => other.received - one.received);
  return most === undefined ? "" : `Most at ${most.name}: ${formatCount(most.received)}.`;
}

function countsOf({ received, sent, held, rejected, parked }: Omit<DayFigures, "day">): readonly string[] {
  return [received, sent, held, rejected, parked].map(formatCount);
}

function Traffic({ page, titles }: ReportProps) {
  return (
    <>
      <FigureTable
        title="Links"
        columns={["Link", "Received", "Sent on", "Held now", "Rejected", "Parked now"]}
        rows={page.links.map((link) => ({ name: titles.get(link.link) ?? link.link, values: countsOf(link) }))}
        none="No link took anything."
      />
      <div className="figures-tables">
        <FigureTable
          title="Types"
          columns={["Type", "Messages"]}
          rows={page.types.map(({ name, count }) => ({ name, values: [formatCount(count)] }))}
          none="No types are counted."
        />
        <FigureTable
          title="Destinations"
          columns={["Destination", "Delivered", "Median", "95 of 100", "Worst"]}
          rows={page.destinations.map(destinationRow)}
          none="Nothing was delivered to a destination."
          note="From the last byte of a message to the acknowledgement of its destination."
        />
      </div>
    </>
  );
}

function destinationRow({ name, count, times }: FiguresPage["destinations"][number]): FigureRow {
  const { medianMs, p95Ms, worstMs } = times;
  return { name, values: [formatCount(count), ...[medianMs, p95Ms, worstMs].map(durationText)] };
}

const stateWords = { held: "Held", rejected: "Rejected", parked: "Delivery parked" } as const;

function Obstacles({ page }: { readonly page: FiguresPage }) {
  return (
    <div className="figures-tables">
      <FigureTable
        title="What stood in the way"
        columns={["Reason", "Times"]}
        rows={page.reasons.map(({ state, text, count }) => ({
          name: `${stateWords[state]}: ${text}`,
          values: [formatCount(count)],
        }))}
        none="Nothing was held, rejected or parked."
      />
      <FigureTable
        title="Unknown codes and units"
        columns={["Sender", "Results", "Not known"]}
        rows={page.unknown.map(({ sender, results, unknown }) => ({
          name: sender,
          values: [formatCount(results), formatCount(unknown)],
        }))}
        none="Every result came with a known code and unit."
        note="As the results came, of all links together."
      />
    </div>
  );
}
