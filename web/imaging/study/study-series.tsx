import { Button } from "@mantine/core";
import type { KeptSeriesView } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";

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
      <div className="table-frame">
        <table className="table table-stacks imaging-table">
          <caption className="visually-hidden">Series of the study</caption>
          <thead>
            <tr>
              <th scope="col">Series</th>
              <th scope="col">Modality</th>
              <th scope="col" className="number">
                Shown
              </th>
              <th scope="col" className="number">
                Hidden
              </th>
              <th scope="col">
                <span className="visually-hidden">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {series.map((each) => (
              <SeriesRow key={each.uid} series={each} onHide={onHide} onRestore={onRestore} />
            ))}
          </tbody>
        </table>
      </div>
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
      <td className="number">{formatCount(shown)}</td>
      <td className={hidden === 0 ? "number quiet" : "number imaging-differs"}>{formatCount(hidden)}</td>
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
