import { useEffect, useState } from "react";
import type { Series } from "../dicomweb/series.ts";
import type { Study } from "../dicomweb/study.ts";
import { startEngine } from "../engine/start.ts";
import { ArrowDialog } from "./arrow-dialog.tsx";
import { type Desk, DeskContext } from "./desk-context.ts";
import { Hiding } from "./hiding.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { MeasurementPanel } from "./measurement-panel.tsx";
import { Panes } from "./panes.tsx";
import { SeriesPanel } from "./series-panel.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useCine } from "./use-cine.ts";
import { type Asking, useDeskOf } from "./use-desk.ts";
import { useKeys } from "./use-keys.ts";
import { useLinkedScrolling } from "./use-linked-scrolling.ts";
import { usePointer } from "./use-pointer.ts";
import { useReferenceLines } from "./use-reference-lines.ts";
import { useReports } from "./use-reports.ts";
import { useUnsavedWarning } from "./use-unsaved-warning.ts";

/** Does beforehand what takes its time the first time. */
export function readyDesk(): void {
  startEngine();
}

interface DeskViewProps {
  readonly study: Study;
  readonly series: readonly Series[];
}

/** The open viewer: series on the left, images in the middle, what was measured on the right. */
export function DeskView({ study, series }: DeskViewProps) {
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const desk = useDeskOf({ study, series, onAsk: setAsking });
  if (desk === undefined) return null;
  return (
    <DeskContext value={desk}>
      <Furnished desk={desk} />
      {asking === undefined ? null : <ArrowDialog asking={asking} onDone={() => setAsking(undefined)} />}
    </DeskContext>
  );
}

function Furnished({ desk }: { readonly desk: Desk }) {
  const [isSeriesShown, setSeriesShown] = useState(() => window.matchMedia("(width >= 900px)").matches);
  const [isListShown, setListShown] = useState(false);
  const [areKeysShown, setKeysShown] = useState(false);
  const [isHiding, setHiding] = useState(false);
  const pointer = usePointer(desk);
  const keys = useKeys(desk, {
    onHelp: () => setKeysShown((shown) => !shown),
    onList: () => setListShown((on) => !on),
    onSaved: () => setListShown(true),
  });
  useCine(desk);
  useLinkedScrolling(desk);
  useReferenceLines(desk);
  useReports(desk);
  useUnsavedWarning(desk);
  useEffect(() => {
    const first = desk.series.find(({ kind }) => kind === "images") ?? desk.series[0];
    if (first !== undefined) void desk.open(first, 0);
  }, [desk]);
  return (
    <div className="viewer" data-series={isSeriesShown} data-list={isListShown}>
      <h1 className="visually-hidden">Images: {desk.study.description ?? "study"}</h1>
      <Toolbar
        isSeriesShown={isSeriesShown}
        isListShown={isListShown}
        onToggleSeries={() => setSeriesShown(!isSeriesShown)}
        onToggleList={() => setListShown(!isListShown)}
        onShowKeys={() => setKeysShown(true)}
        onHide={() => setHiding(true)}
      />
      <div className="viewer-body">
        {isSeriesShown ? (
          <SeriesPanel onChosen={() => setSeriesShown(window.matchMedia("(width >= 900px)").matches)} />
        ) : null}
        <Panes pointer={pointer} />
        {isListShown ? <MeasurementPanel onClose={() => setListShown(false)} /> : null}
      </div>
      {isHiding ? <Hiding onClose={() => setHiding(false)} /> : null}
      <KeysDialog isOpen={areKeysShown} keys={keys} onClose={() => setKeysShown(false)} />
    </div>
  );
}
