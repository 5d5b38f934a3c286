import { Enums, eventTarget, RenderingEngine, type StackViewport } from "@cornerstonejs/core";
import type { Stack } from "../stack/stack.ts";
import { type Cut, type Pane, setPane, type Tilt, upright, type ViewerStore } from "../state/viewer-state.ts";
import { cutImageIds, keepVolumes } from "./cut-loader.ts";
import { eraseAll, linesFor } from "./drawn.ts";
import { registerFrames } from "./frame-metadata.ts";
import { paneStateOf } from "./pane-state.ts";
import { openPrefetch, type Prefetch } from "./prefetch.ts";
import { enterEngine, leaveEngine, pixelBytesMax } from "./start.ts";
import { openToolGroup, type ToolGroup } from "./tools.ts";
import { whyNotShown } from "./why-not-shown.ts";

const { Events, ViewportType } = Enums;
const engineId = "corridor";

/** The panes of a viewer and what is pinned to them. */
export interface LightBox {
  readonly tools: ToolGroup;
  /** Puts a pane into an element of the page; what it gives takes it out again. */
  mount(pane: number, element: HTMLDivElement): () => void;
  /** Shows a stack from an image on. */
  show(pane: number, stack: Stack, options?: ShowOptions): Promise<void>;
  /** Empties a pane. */
  clear(pane: number): void;
  /** Undefined for a pane that is not in the page. */
  viewport(pane: number): StackViewport | undefined;
  imageIds(pane: number): readonly string[];
  /** Tells when a pane shows another image. */
  onImage(listener: (pane: number) => void): () => void;
  resize(): void;
  close(): void;
}

export interface ShowOptions {
  readonly index?: number | "middle";
  readonly cut?: Cut;
  readonly tilt?: Tilt;
}

export interface LightBoxOptions {
  readonly store: ViewerStore;
  askText(then: (text: string | undefined) => void, before: string): void;
}

interface Held {
  readonly stack: Stack;
  readonly cut: Cut;
  readonly tilt: Tilt;
  readonly imageIds: readonly string[];
}

export function openLightBox({ store, askText }: LightBoxOptions): LightBox {
  const { isDrawnByProcessor } = enterEngine();
  store.set((state) => ({ ...state, isDrawnByProcessor }));
  const engine = new RenderingEngine(engineId);
  const tools = openToolGroup({ tool: store.get().tool, askText, lines: linesFor });
  const held = new Map<number, Held>();
  const listeners = new Set<(pane: number) => void>();
  const prefetch = openPrefetch({
    bytesMax: pixelBytesMax(),
    onLoaded: (pane, loaded) => setPane(store, pane, { loaded }),
  });
  const viewport = (pane: number) => engine.getViewport(viewportId(pane)) as StackViewport | undefined;
  const follow = followImages({ store, held, prefetch, viewport, listeners });
  return {
    tools,
    viewport,
    ...hanging({ store, engine, tools, held, prefetch, viewport, watch: follow.watch }),
    imageIds: (pane) => held.get(pane)?.imageIds ?? [],
    onImage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resize: () => engine.resize(true, true),
    close: () => {
      follow.close();
      prefetch.close();
      eraseAll();
      tools.close();
      engine.destroy();
      keepVolumes([]);
      leaveEngine();
    },
  };
}

interface Hanging {
  readonly store: ViewerStore;
  readonly engine: RenderingEngine;
  readonly tools: ToolGroup;
  readonly held: Map<number, Held>;
  readonly prefetch: Prefetch;
  viewport(pane: number): StackViewport | undefined;
  watch(pane: number, element: HTMLDivElement): () => void;
}

/** Puts panes into the page, and stacks into panes. */
function hanging({ store, engine, tools, held, prefetch, viewport, watch }: Hanging) {
  const pin = async (pane: number, now: Held, index: number): Promise<void> => {
    const shown = viewport(pane);
    if (shown === undefined || now.imageIds.length === 0) return;
    try {
      await shown.setStack([...now.imageIds], Math.min(index, now.imageIds.length - 1));
    } catch (error) {
      if (held.get(pane) === now) setPane(store, pane, { status: "failed", problem: whyNotShown(error) });
    }
  };
  const mount: LightBox["mount"] = (pane, element) => {
    engine.enableElement({ viewportId: viewportId(pane), type: ViewportType.STACK, element });
    tools.add(viewportId(pane), engineId);
    const unfollow = watch(pane, element);
    const again = held.get(pane);
    if (again !== undefined) void pin(pane, again, store.get().panes[pane]?.index ?? 0);
    return () => {
      unfollow();
      prefetch.want(pane, undefined);
      tools.remove(viewportId(pane), engineId);
      engine.disableElement(viewportId(pane));
    };
  };
  const show: LightBox["show"] = async (pane, stack, { index = 0, cut = "acquired", tilt = upright } = {}) => {
    registerFrames(stack);
    const imageIds = cut === "acquired" ? stack.frames.map(({ imageId }) => imageId) : cutImageIds(stack, cut, tilt);
    const now: Held = { stack, cut, tilt, imageIds };
    held.set(pane, now);
    keepCut(held);
    const from = index === "middle" ? Math.floor(imageIds.length / 2) : index;
    setPane(store, pane, firstState(now, from));
    await pin(pane, now, from);
  };
  const clear: LightBox["clear"] = (pane) => {
    held.delete(pane);
    keepCut(held);
    prefetch.want(pane, undefined);
    setPane(store, pane, { stack: undefined, status: "empty", problem: undefined, count: 0, index: 0 });
  };
  return { mount, show, clear };
}

/** Volumes that no pane cuts any more are let go. */
function keepCut(held: ReadonlyMap<number, Held>): void {
  keepVolumes([...held.values()].filter(({ cut }) => cut !== "acquired").map(({ stack }) => stack.id));
}

/** How Cornerstone names a pane. */
export function viewportId(pane: number): string {
  return `pane-${pane}`;
}

function firstState({ stack, cut, tilt, imageIds }: Held, index: number): Partial<Pane> {
  const isEmpty = imageIds.length === 0;
  return {
    stack,
    cut,
    tilt,
    status: isEmpty ? "failed" : "loading",
    problem: isEmpty ? "it has no pixels." : undefined,
    index,
    count: imageIds.length,
    loaded: 0,
    isPlaying: false,
    framesPerSecond: Math.round(stack.framesPerSecond ?? 15),
  };
}

interface Following {
  readonly store: ViewerStore;
  readonly held: ReadonlyMap<number, Held>;
  readonly prefetch: Prefetch;
  readonly listeners: ReadonlySet<(pane: number) => void>;
  viewport(pane: number): StackViewport | undefined;
}

/** Keeps the state of each pane as its viewport is, and reads ahead of where it goes. */
function followImages({ store, held, prefetch, viewport, listeners }: Following) {
  const onError = (event: Event) => {
    const { imageId, error } = (event as CustomEvent<{ imageId?: string; error?: unknown }>).detail;
    for (const [pane, { imageIds }] of held) {
      const shown = viewport(pane);
      if (shown === undefined || imageId === undefined || !imageIds.includes(imageId)) continue;
      if (shown.getImageIds()[shown.getTargetImageIdIndex()] !== imageId) continue;
      setPane(store, pane, { status: "failed", problem: whyNotShown(error), index: imageIds.indexOf(imageId) });
    }
  };
  eventTarget.addEventListener(Events.IMAGE_LOAD_ERROR, onError);
  const watch = (pane: number, element: HTMLDivElement) => {
    let last = 0;
    const onNewImage = () => {
      const [shown, now] = [viewport(pane), held.get(pane)];
      if (shown === undefined || now === undefined) return;
      const index = shown.getCurrentImageIdIndex();
      // A cut is made in a moment once its slices are there, and takes the page's own time.
      const ahead = now.cut === "acquired" ? now.imageIds : [];
      prefetch.want(pane, { imageIds: ahead, index, direction: index < last ? -1 : 1 });
      last = index;
    };
    const onRendered = () => {
      const [shown, now] = [viewport(pane), held.get(pane)];
      if (shown?.getCornerstoneImage() === undefined || now === undefined) return;
      if (shown.getImageIds()[0] !== now.imageIds[0]) return;
      const before = store.get().panes[pane];
      setPane(store, pane, { ...paneStateOf(shown), status: "shown", problem: undefined });
      if (before?.index === shown.getCurrentImageIdIndex() && before.status === "shown") return;
      onNewImage();
      for (const listener of listeners) listener(pane);
    };
    element.addEventListener(Events.STACK_NEW_IMAGE, onNewImage);
    element.addEventListener(Events.IMAGE_RENDERED, onRendered);
    return () => {
      element.removeEventListener(Events.STACK_NEW_IMAGE, onNewImage);
      element.removeEventListener(Events.IMAGE_RENDERED, onRendered);
    };
  };
  return { watch, close: () => eventTarget.removeEventListener(Events.IMAGE_LOAD_ERROR, onError) };
}
