import { type DragEvent, useEffect, useRef } from "react";
import { choosePane } from "./actions.ts";
import { CineBar } from "./cine-bar.tsx";
import { useDesk, usePane, useViewer } from "./desk-context.ts";
import { OutlineLayer } from "./outline-layer.tsx";
import { PaneWords } from "./pane-words.tsx";
import { PaperView } from "./paper-view.tsx";
import { ScrollBar } from "./scroll-bar.tsx";
import { seriesDragType } from "./series-card.tsx";
import { UnshownImage } from "./unshown-image.tsx";
import type { PointerPlace } from "./use-pointer.ts";

interface PaneViewProps {
  readonly pane: number;
  /** Where the pointer of the keyboard is, while there is one. */
  readonly pointer: PointerPlace | undefined;
}

/** One pane: its images, what is written over them, and a paper where one lies over it all. */
export function PaneView({ pane, pointer }: PaneViewProps) {
  const desk = useDesk();
  const state = usePane(pane);
  const isActive = useViewer(({ active }) => active === pane);
  const isAlone = useViewer(({ layout }) => layout === "1x1");
  const areWordsShown = useViewer((viewer) => viewer.areWordsShown);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current === null ? undefined : desk.box.mount(pane, element.current)), [desk, pane]);
  const choose = () => choosePane(desk, pane);
  const drop = (event: DragEvent) => {
    const uid = event.dataTransfer.getData(seriesDragType);
    const series = desk.series.find((one) => one.uid === uid);
    if (series === undefined) return;
    event.preventDefault();
    choose();
    void desk.open(series, pane);
  };
  return (
    <section
      className="viewer-pane"
      data-active={isActive && !isAlone}
      aria-label={paneLabel(pane, state)}
      onPointerDownCapture={choose}
      onFocusCapture={choose}
      onDragOver={(event) => event.dataTransfer.types.includes(seriesDragType) && event.preventDefault()}
      onDrop={drop}
    >
      <div
        className="viewer-canvas"
        ref={element}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys of the viewer act on the pane that has the focus
        tabIndex={0}
        role="img"
        aria-label={paneLabel(pane, state)}
        onContextMenu={(event) => event.preventDefault()}
      />
      {state.paper === undefined ? <OutlineLayer pane={pane} image={element} /> : null}
      {state.status === "shown" && areWordsShown && state.paper === undefined ? <PaneWords pane={state} /> : null}
      {state.status === "shown" && state.paper === undefined ? <ScrollBar pane={pane} state={state} /> : null}
      {state.status === "shown" && state.paper === undefined && state.count > 1 ? (
        <CineBar pane={pane} state={state} />
      ) : null}
      {state.status === "loading" && state.paper === undefined ? (
        <LoadingNote label={state.cut === "acquired" ? "Loading…" : "Cutting the volume…"} loaded={state.loaded} />
      ) : null}
      {state.status === "failed" && state.paper === undefined ? <UnshownImage state={state} /> : null}
      {state.status === "empty" && state.paper === undefined ? (
        <p className="viewer-pane-note">Choose a series for this pane.</p>
      ) : null}
      {pointer === undefined ? null : <span className="viewer-pointer" style={{ left: pointer.x, top: pointer.y }} />}
      {state.paper === undefined ? null : <PaperView key={state.paper.uid} series={state.paper} />}
    </section>
  );
}

function paneLabel(pane: number, { stack, index, count }: ReturnType<typeof usePane>): string {
  if (stack === undefined) return `Pane ${pane + 1}`;
  const { modality, description } = stack.series;
  return `Pane ${pane + 1}: ${modality} ${description ?? ""}, image ${index + 1} of ${count}`;
}

function LoadingNote({ label, loaded }: { readonly label: string; readonly loaded: number }) {
  return (
    <p className="viewer-pane-note" role="status">
      {label}
      {loaded > 1 ? ` ${loaded} images` : null}
    </p>
  );
}
