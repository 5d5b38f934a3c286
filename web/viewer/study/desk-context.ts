import { createContext, use } from "react";
import type { Series } from "../dicomweb/series.ts";
import type { Study } from "../dicomweb/study.ts";
import type { LightBox } from "../engine/light-box.ts";
import type { Stack } from "../stack/stack.ts";
import { useSelected } from "../state/store.ts";
import { emptyPane, type Pane, type ViewerState, type ViewerStore } from "../state/viewer-state.ts";

/** What every part of an open viewer works with. */
export interface Desk {
  readonly store: ViewerStore;
  readonly box: LightBox;
  readonly study: Study;
  /** Of the study, in reading order. */
  readonly series: readonly Series[];
  /** Opens a series of any kind in a pane; without one in the active pane. */
  open(series: Series, pane?: number): Promise<void>;
  /** Shows an image of the study in the active pane, its series opened where it is not. */
  goToImage(target: ImageTarget): Promise<void>;
  /** The images of a series, whose attributes are read where they are not known yet. */
  stackFor(series: Series): Promise<Stack>;
  /** Writes what was measured and marked into the archive. */
  save(): Promise<void>;
}

export interface ImageTarget {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopInstance: string;
  readonly frameNumber?: number;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === undefined) throw new Error("This part stands in a viewer only.");
  return desk;
}

/** A piece of the state of the viewer. `select` gives what is in it, and makes nothing new. */
export function useViewer<Piece>(select: (state: ViewerState) => Piece): Piece {
  return useSelected(useDesk().store, select);
}

export function usePane(pane: number): Pane {
  return useViewer((state) => state.panes[pane] ?? emptyPane);
}

export function useActivePane(): Pane {
  return useViewer((state) => state.panes[state.active] ?? emptyPane);
}
