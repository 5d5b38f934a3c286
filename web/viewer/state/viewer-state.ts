import type { Series } from "../dicomweb/series.ts";
import type { Outline } from "../outlines/outline.ts";
import type { Measurement } from "../reports/measurement.ts";
import type { Evidence } from "../reports/object-head.ts";
import type { Stack } from "../stack/stack.ts";
import { openStore, type Store } from "./store.ts";

export type Layout = "1x1" | "1x2" | "2x2";

/** How many panes a layout shows. */
export const paneCounts: Readonly<Record<Layout, number>> = { "1x1": 1, "1x2": 2, "2x2": 4 };

/** What the left button of the mouse does. */
export type ToolName =
  | "window"
  | "pan"
  | "zoom"
  | "scroll"
  | "length"
  | "angle"
  | "rectangle"
  | "ellipse"
  | "probe"
  | "arrow";

/** The direction in which a volume is cut; `acquired` shows the images as they were made. */
export type Cut = "acquired" | "axial" | "sagittal" | "coronal";

/** How far a cut is turned from the axes of its volume: about its rows, then about its columns. */
export interface Tilt {
  readonly nodDegrees: number;
  readonly turnDegrees: number;
}

export const upright: Tilt = { nodDegrees: 0, turnDegrees: 0 };

export interface Pane {
  readonly stack: Stack | undefined;
  readonly cut: Cut;
  readonly tilt: Tilt;
  /** `loading` until the first image shows. */
  readonly status: "empty" | "loading" | "shown" | "failed";
  /** Why nothing is shown, in plain words. */
  readonly problem: string | undefined;
  /** A report or document that lies over the images. */
  readonly paper: Series | undefined;
  /** Of the image shown, counted from 0, and how many there are. */
  readonly index: number;
  readonly count: number;
  /** How many images are in memory. */
  readonly loaded: number;
  readonly window: { readonly centre: number; readonly width: number } | undefined;
  /** Pixels of the screen for a pixel of the image. */
  readonly zoom: number;
  readonly isInverted: boolean;
  /** Whether the server drew the picture, so that there are no values behind it. */
  readonly isDrawnByServer: boolean;
  readonly isFlippedAcross: boolean;
  readonly isFlippedDown: boolean;
  /** Degrees clockwise. */
  readonly rotation: number;
  /** In which directions the right and the lower edge of the pane lie; undefined where the image does not say. */
  readonly edges: { readonly right: string; readonly bottom: string } | undefined;
  readonly isPlaying: boolean;
  readonly framesPerSecond: number;
}

export interface ViewerState {
  readonly layout: Layout;
  /** The pane that buttons and keys act upon. */
  readonly active: number;
  readonly panes: readonly Pane[];
  readonly tool: ToolName;
  readonly areWordsShown: boolean;
  /** Whether panes scroll together by position. */
  readonly isLinked: boolean;
  readonly measurements: readonly Measurement[];
  /** SOP instance UIDs, with the frame behind a `#` where an instance has several. */
  readonly keyImages: ReadonlySet<string>;
  /** What the keys of key images stand for. */
  readonly marked: ReadonlyMap<string, Evidence>;
  /** The viewer's own selection of key images that holds in the archive. */
  readonly selection: Evidence | undefined;
  /** What the archive has of the viewer's own reports, by study. */
  readonly written: ReadonlyMap<string, Written>;
  /** Whether something was drawn, changed or taken away since it was last written down. */
  readonly areMeasurementsChanged: boolean;
  /** Whether a mark of a key image was set or taken away since they were last written down. */
  readonly areMarksChanged: boolean;
  readonly saving: Saving;
  /** Segmentations and structure sets that lie over the images. */
  readonly outlines: readonly OpenOutline[];
  readonly areOutlinesShown: boolean;
  /** Whether pictures are drawn by the processor, because there is no graphics card to draw them. */
  readonly isDrawnByProcessor: boolean;
}

/** What was last read from the archive, or written into it, of one study. */
export interface Written {
  /** The reports that the next one takes the place of. */
  readonly reports: readonly Evidence[];
  /** What they say, so that the same is not written again. */
  readonly says: string;
}

export interface OpenOutline {
  readonly outline: Outline;
  /** Numbers of regions that are not drawn. */
  readonly hidden: ReadonlySet<number>;
}

export type Saving = { readonly is: "idle" | "saving" | "saved" } | { readonly is: "failed"; readonly message: string };

/** Whether no pane shows an image yet, and one is on its way. */
export function isFirstAwaited({ panes }: ViewerState): boolean {
  const isLoading = panes.some(({ status }) => status === "loading");
  return isLoading && !panes.some(({ status }) => status === "shown");
}

/** Whether something was drawn or marked that is not in the archive. */
export function isUnsaved({ areMeasurementsChanged, areMarksChanged }: ViewerState): boolean {
  return areMeasurementsChanged || areMarksChanged;
}

export const emptyPane: Pane = {
  stack: undefined,
  cut: "acquired",
  tilt: upright,
  status: "empty",
  problem: undefined,
  paper: undefined,
  index: 0,
  count: 0,
  loaded: 0,
  window: undefined,
  zoom: 1,
  isInverted: false,
  isDrawnByServer: false,
  isFlippedAcross: false,
  isFlippedDown: false,
  rotation: 0,
  edges: undefined,
  isPlaying: false,
  framesPerSecond: 15,
};

export type ViewerStore = Store<ViewerState>;

export function openViewerStore(): ViewerStore {
  return openStore<ViewerState>({
    layout: "1x1",
    active: 0,
    // What comes first is on its way as soon as the viewer is open.
    panes: [{ ...emptyPane, status: "loading" }, emptyPane, emptyPane, emptyPane],
    tool: "window",
    areWordsShown: true,
    isLinked: false,
    measurements: [],
    keyImages: new Set(),
    marked: new Map(),
    selection: undefined,
    written: new Map(),
    areMeasurementsChanged: false,
    areMarksChanged: false,
    saving: { is: "idle" },
    outlines: [],
    areOutlinesShown: true,
    isDrawnByProcessor: false,
  });
}

/** Changes one pane. Nothing is told when nothing is different. */
export function setPane(store: ViewerStore, pane: number, change: Partial<Pane>): void {
  store.set((state) => {
    const before = state.panes[pane];
    if (before === undefined) return state;
    const isSame = Object.entries(change).every(([key, value]) => Object.is(before[key as keyof Pane], value));
    return isSame ? state : { ...state, panes: state.panes.with(pane, { ...before, ...change }) };
  });
}
