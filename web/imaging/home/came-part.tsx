import { useQuery } from "@tanstack/react-query";
import type { ArrivalsView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { arrivalsQuery } from "../imaging-queries.ts";
import { ImagingTable } from "../imaging-table.tsx";
import { sizeText } from "../imaging-words.ts";
import { HoursPicture } from "./hours-picture.tsx";

/** What came since midnight, from whom, and what was refused. */
export function CamePart() {
  const query = useQuery(arrivalsQuery);
  return (
    <section aria-labelledby="came">
      <h2 id="came">Received today</h2>
      <Loaded query={query} label="Loading what came" rows={4}>
        {(arrivals) => (
          <>
            <Came arrivals={arrivals} />
            <Refused refusals={arrivals.refusals} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Came({ arrivals: { total, hours, modalities, sources } }: { readonly arrivals: ArrivalsView }) {
  if (total.objects === 0) return <p className="quiet">Nothing has come since midnight.</p>;
  const sentence = `${countOf(total.objects, "object")} of ${countOf(total.studies, "study", "studies")}, ${sizeText(total.sizeBytes)}`;
  return (
    <div className="imaging-came">
      <div>
        <p>{sentence}, by the hour:</p>
        <HoursPicture hours={hours} label={`${sentence} since midnight`} />
      </div>
      <FigureTable
        caption="By modality"
        rows={modalities.map(({ modality, ...figure }) => ({ name: modality || "not said", ...figure }))}
      />
      <FigureTable
        caption="By sender"
        rows={sources.map(({ source, ...figure }) => ({ name: senderName(source), ...figure }))}
      />
    </div>
  );
}

function senderName(source: string): string {
  return source.startsWith("User/") ? "people, over the web" : source;
}

interface FigureTableProps {
  readonly caption: string;
  readonly rows: readonly {
    readonly name: string;
    readonly studies: number;
    readonly objects: number;
    readonly sizeBytes: number;
  }[];
}

const rowsMax = 8;

function FigureTable({ caption, rows }: FigureTableProps) {
  return (
    <ImagingTable
      caption={caption}
      columns={[caption, { number: "Studies" }, { number: "Objects" }, { number: "Size" }]}
      isFigures
    >
      {rows.slice(0, rowsMax).map(({ name, studies, objects, sizeBytes }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td className="number">{formatCount(studies)}</td>
          <td className="number">{formatCount(objects)}</td>
          <td className="number nowrap">{sizeText(sizeBytes)}</td>
        </tr>
      ))}
    </ImagingTable>
  );
}

function Refused({ refusals }: Pick<ArrivalsView, "refusals">) {
  if (refusals.length === 0) return <p className="quiet">Nothing was refused today.</p>;
  return (
    <ul className="imaging-refusals" aria-label="Refused today">
      {refusals.map(({ source, code, message, count, at }) => (
        <li key={`${source} ${code}`} className="imaging-failed">
          <strong>
            {countOf(count, "object")} of {senderName(source)} refused
          </strong>
          , last {formatDateTime(at)}: {message}
        </li>
      ))}
    </ul>
  );
}
