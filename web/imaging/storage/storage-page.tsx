import { useQuery } from "@tanstack/react-query";
import type { StorageView } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { ImagingTable } from "../imaging-table.tsx";
import "../imaging.css";
import { storageQuery } from "../imaging-queries.ts";
import { sizeText } from "../imaging-words.ts";
import { IntegrityPart } from "./integrity-part.tsx";
import { StoragePicture } from "./storage-picture.tsx";

/** How much is stored, of what, and how long there is room. */
export function StoragePage() {
  const query = useQuery(storageQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Image storage</h1>
        <p>What is stored by month and modality, how long there is room, and whether it is whole</p>
      </div>
      <div className="imaging-parts">
        <Loaded query={query} label="Loading what is stored" rows={8}>
          {(storage) => (
            <>
              <RoomPart storage={storage} />
              <MonthsPart storage={storage} />
            </>
          )}
        </Loaded>
        <IntegrityPart />
      </div>
    </div>
  );
}

function RoomPart({ storage: { totalBytes, freeBytes, bytesADay, fullOn } }: { readonly storage: StorageView }) {
  return (
    <section aria-labelledby="room">
      <h2 id="room">Room</h2>
      <ul className="imaging-stands">
        <Figure title="Stored" value={sizeText(totalBytes)} note="as received, each object once" />
        <Figure
          title="Free"
          value={freeBytes === undefined ? "Not said" : sizeText(freeBytes)}
          note={freeBytes === undefined ? "by this kind of storage" : "where the objects are"}
        />
        <Figure title="Comes a day" value={sizeText(bytesADay)} note="on average, of late" />
        <Figure
          title="Full on"
          value={fullOn === undefined ? "Not foreseen" : formatDate(fullOn)}
          note={fullOn === undefined ? "at this rate" : "if as much goes on coming"}
        />
      </ul>
    </section>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly note: string;
}

function Figure({ title, value, note }: FigureProps) {
  return (
    <li>
      <div className="imaging-stand">
        <span>{title}</span>
        <strong className="tabular">{value}</strong>
        <span className="quiet">{note}</span>
      </div>
    </li>
  );
}

function MonthsPart({ storage }: { readonly storage: StorageView }) {
  const { figures, totalBytes } = storage;
  const sentence = `${sizeText(totalBytes)} by month and modality. A study of several modalities counts with each.`;
  if (figures.length === 0)
    return (
      <EmptyPanel icon="images" title="Nothing is stored yet">
        As soon as the first object comes, it is counted here.
      </EmptyPanel>
    );
  return (
    <section aria-labelledby="months">
      <h2 id="months">By month and modality</h2>
      <p>{sentence}</p>
      <StoragePicture figures={figures} label={sentence} />
      <details>
        <summary>The same as a table</summary>
        <ImagingTable
          caption="What is stored by month and modality"
          columns={["Month", "Modality", { number: "Studies" }, { number: "Objects" }, { number: "Size" }]}
          isFigures
        >
          {figures.map(({ month, modality, studies, instances, sizeBytes }) => (
            <tr key={`${month} ${modality}`}>
              <th scope="row">{formatDate(month)}</th>
              <td>{modality || "not said"}</td>
              <td className="number">{formatCount(studies)}</td>
              <td className="number">{formatCount(instances)}</td>
              <td className="number">{sizeText(sizeBytes)}</td>
            </tr>
          ))}
        </ImagingTable>
      </details>
    </section>
  );
}
