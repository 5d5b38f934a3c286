import { Icon } from "../../parts/icon/icon.tsx";
import { textOf } from "../dicomweb/attributes.ts";
import { erase } from "../engine/drawn.ts";
import { frameNumberOf, instanceOf } from "../engine/frame-metadata.ts";
import { kindNames, type Measurement, shownValue } from "../reports/measurement.ts";
import type { Evidence } from "../reports/object-head.ts";
import { canBeSaved } from "../reports/write-reports.ts";
import { isUnsaved, type Saving } from "../state/viewer-state.ts";
import { redraw, save } from "./actions.ts";
import { useDesk, useViewer } from "./desk-context.ts";
import { OutlineList } from "./outline-list.tsx";

/** What was measured and marked, each a step away from its image; and the button that writes it into the archive. */
export function MeasurementPanel({ onClose }: { onClose(): void }) {
  const measurements = useViewer((state) => state.measurements);
  const keyImages = useViewer((state) => state.keyImages);
  const marked = useViewer((state) => state.marked);
  const unsavable = measurements.filter((one) => !canBeSaved(one)).length;
  return (
    <aside className="viewer-list" aria-label="Measurements and key images">
      <div className="viewer-list-head">
        <h2>Measurements</h2>
        <button type="button" className="viewer-button" aria-label="Close the list" onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </div>
      {measurements.length === 0 ? (
        <p className="quiet">Nothing is measured yet. Choose a tool, then draw on an image.</p>
      ) : (
        <ul>
          {measurements.map((one) => (
            <MeasurementRow key={one.uid} measurement={one} />
          ))}
        </ul>
      )}
      <h2>Key images</h2>
      {keyImages.size === 0 ? (
        <p className="quiet">None. K marks the image that is shown.</p>
      ) : (
        <ul>
          {[...keyImages].map((key) => (
            <KeyImageRow key={key} name={key} image={marked.get(key)} />
          ))}
        </ul>
      )}
      <OutlineList />
      <SaveButton />
      {unsavable === 0 ? null : (
        <p className="quiet">
          {unsavable === 1 ? "One is" : `${unsavable} are`} drawn on a cut, which is no image of the archive: not saved.
        </p>
      )}
    </aside>
  );
}

function MeasurementRow({ measurement }: { readonly measurement: Measurement }) {
  const desk = useDesk();
  const instance = instanceOf(measurement.imageId);
  const [study = "", series = "", sopInstance = ""] = ["0020000D", "0020000E", "00080018"].map((tag) =>
    textOf(instance ?? {}, tag),
  );
  const frameNumber = frameNumberOf(measurement.imageId);
  const goThere = () => void desk.goToImage({ studyUid: study, seriesUid: series, sopInstance, frameNumber });
  return (
    <li>
      <button type="button" className="viewer-list-row" disabled={instance === undefined} onClick={goThere}>
        <span>{kindNames[measurement.kind]}</span>
        <b className="tabular">{shownValue(measurement)}</b>
        <span className="quiet">
          {instance === undefined ? "on a cut" : `image ${textOf(instance, "00200013") ?? "?"}`}
        </span>
      </button>
      <button
        type="button"
        className="viewer-button"
        aria-label={`Remove ${kindNames[measurement.kind]} ${shownValue(measurement)}`}
        onClick={() => {
          erase(measurement.uid);
          redraw(desk);
        }}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}

function KeyImageRow({ name, image }: { readonly name: string; readonly image: Evidence | undefined }) {
  const desk = useDesk();
  const series = desk.series.find(({ uid }) => uid === image?.series);
  const number = useViewer((state) => state.panes)
    .flatMap(({ stack }) => stack?.frames ?? [])
    .find(({ sopInstance }) => sopInstance === image?.sopInstance)?.instanceNumber;
  if (image === undefined) return null;
  const { sopInstance, frameNumber } = image;
  const target = { studyUid: desk.study.uid, seriesUid: image.series, sopInstance };
  return (
    <li>
      <button
        type="button"
        className="viewer-list-row"
        onClick={() => void desk.goToImage(frameNumber === undefined ? target : { ...target, frameNumber })}
      >
        <span>{series?.description ?? series?.modality ?? "Image"}</span>
        <b className="tabular">
          {number === undefined ? `…${name.slice(-6)}` : `image ${number}`}
          {frameNumber === undefined ? "" : `, frame ${frameNumber}`}
        </b>
      </button>
    </li>
  );
}

function SaveButton() {
  const desk = useDesk();
  const hasUnsaved = useViewer(isUnsaved);
  const saving = useViewer((state) => state.saving);
  return (
    <div className="viewer-save">
      <button
        type="button"
        className="viewer-button"
        data-wide="true"
        data-strong="true"
        disabled={!hasUnsaved || saving.is === "saving"}
        onClick={() => void save(desk)}
      >
        {saving.is === "saving" ? "Saving…" : "Save to the archive"}
      </button>
      <p role="status">{toldOf(saving, hasUnsaved)}</p>
    </div>
  );
}

function toldOf(saving: Saving, hasUnsaved: boolean): string {
  if (saving.is === "failed" && hasUnsaved) return `Not saved: ${saving.message}`;
  if (hasUnsaved) return "Not saved yet.";
  return saving.is === "saved" ? "Saved with the study." : "";
}
