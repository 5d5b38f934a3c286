import { Button } from "@mantine/core";
import type { KeptSeriesView } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { ImagingTable } from "../imaging-table.tsx";

interface StudySeriesProps {
  readonly series: readonly KeptSeriesView[];
  onHide(series: KeptSeriesView): void;
  onRestore(series: KeptSeriesView): void;
}

/** Its series, with what of each is shown and hidden. */
export function StudySeries({ series, onHide, onRestore }: StudySeriesProps) {
  return (
    <section aria-labelledby="series">
      <h2 id="series">Series</h2>
      <ImagingTable
        caption="Series of the study"
        columns={["Series", "Modality", { number: "Shown" }, { number: "Hidden" }, { hidden: "What to do" }]}
      >
        {series.map((each) => (
          <SeriesRow key={each.uid} series={each} onHide={onHide} onRestore={onRestore} />
        ))}
      </ImagingTable>
    </section>
  );
}

interface SeriesRowProps extends Pick<StudySeriesProps, "onHide" | "onRestore"> {
  readonly series: KeptSeriesView;
}

function SeriesRow({ series, onHide, onRestore }: SeriesRowProps) {
  const { number, description, modality, shown, hidden } = series;
  const name = description || "Without description";
  return (
    <tr>
      <th scope="row">
        {number === undefined ? "" : `${number}. `}
        {name}
      </th>
      <td>{modality}</td>
      <td className="number" data-label="Shown">
        {formatCount(shown)}
      </td>
      <td className={hidden === 0 ? "number quiet" : "number imaging-differs"} data-label="Hidden">
        {formatCount(hidden)}
      </td>
      <td>
        <span className="imaging-actions">
          {shown === 0 ? null : (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Hide the series ${name}`}
              onClick={() => onHide(series)}
            >
              Hide…
            </Button>
          )}
          {hidden === 0 ? null : (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Show again: the series ${name}`}
              onClick={() => onRestore(series)}
            >
              Show again…
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}
