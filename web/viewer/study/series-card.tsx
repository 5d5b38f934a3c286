import { useState } from "react";
import { Icon, type IconName } from "../../parts/icon/icon.tsx";
import { dicomweb } from "../dicomweb/requests.ts";
import type { Series, SeriesKind } from "../dicomweb/series.ts";
import { isFirstAwaited } from "../state/viewer-state.ts";
import { useViewer } from "./desk-context.ts";

export const seriesDragType = "text/x-corridor-series";

interface SeriesCardProps {
  readonly series: Series;
  readonly isOpen: boolean;
  onOpen(): void;
}

const icons: Readonly<Record<SeriesKind, IconName>> = {
  images: "images",
  outline: "about",
  report: "document",
  "key-images": "images",
  document: "document",
  other: "about",
};

/** A series: its picture, what it is, how many images. Opened by a click or Enter, or dragged into a pane. */
export function SeriesCard({ series, isOpen, onOpen }: SeriesCardProps) {
  return (
    <button
      type="button"
      className="viewer-series"
      aria-pressed={isOpen}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(seriesDragType, series.uid)}
      onClick={onOpen}
    >
      <Thumbnail series={series} />
      <span className="viewer-series-words">
        <span className="viewer-series-name">{nameOf(series)}</span>
        <span className="viewer-series-facts">
          {[series.modality, series.number === undefined ? undefined : `no. ${series.number}`]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <span className="viewer-series-facts">{countOf(series)}</span>
      </span>
    </button>
  );
}

function nameOf({ description, bodyPart, kind }: Series): string {
  if (description !== undefined) return description;
  if (kind === "report") return "Report";
  return bodyPart ?? "No description";
}

function countOf({ instanceCount, kind }: Series): string {
  if (instanceCount === undefined) return "";
  const noun = kind === "images" ? "image" : "object";
  return instanceCount === 1 ? `1 ${noun}` : `${instanceCount} ${noun}s`;
}

function Thumbnail({ series }: { readonly series: Series }) {
  const [isMissing, setMissing] = useState(series.kind !== "images");
  // The image that the reader waits for goes before the small ones.
  const isWaiting = useViewer(isFirstAwaited);
  if (isMissing || isWaiting)
    return (
      <span className="viewer-series-picture">
        <Icon name={icons[series.kind]} size={26} />
      </span>
    );
  return (
    <img
      className="viewer-series-picture"
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      src={`${dicomweb}/studies/${series.studyUid}/series/${series.uid}/thumbnail?viewport=128,128`}
      onError={() => setMissing(true)}
    />
  );
}
