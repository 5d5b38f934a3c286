import { Enums } from "@cornerstonejs/core";
import { type RefObject, useEffect, useRef } from "react";
import { drawOutlines } from "../engine/draw-outlines.ts";
import { useDesk } from "./desk-context.ts";

interface OutlineLayerProps {
  readonly pane: number;
  /** Where the image is, which is as large. */
  readonly image: RefObject<HTMLDivElement | null>;
}

/** What segmentations and structure sets mark out on the image of a pane. */
export function OutlineLayer({ pane, image }: OutlineLayerProps) {
  const { store, box } = useDesk();
  const layer = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = layer.current;
    const element = image.current;
    if (canvas === null || element === null) return undefined;
    const draw = () => {
      const viewport = box.viewport(pane);
      const context = canvas.getContext("2d");
      const { clientWidth, clientHeight } = element;
      const [width, height] = [clientWidth, clientHeight].map((side) => Math.round(side * devicePixelRatio));
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      const { areOutlinesShown, outlines } = store.get();
      context?.setTransform(1, 0, 0, 1, 0, 0);
      context?.clearRect(0, 0, canvas.width, canvas.height);
      context?.scale(devicePixelRatio, devicePixelRatio);
      if (viewport !== undefined && context !== null && areOutlinesShown) drawOutlines(context, viewport, outlines);
    };
    let [outlines, areShown] = [store.get().outlines, store.get().areOutlinesShown];
    const unwatch = store.subscribe(() => {
      const state = store.get();
      if (state.outlines === outlines && state.areOutlinesShown === areShown) return;
      [outlines, areShown] = [state.outlines, state.areOutlinesShown];
      draw();
    });
    draw();
    element.addEventListener(Enums.Events.IMAGE_RENDERED, draw);
    return () => {
      unwatch();
      element.removeEventListener(Enums.Events.IMAGE_RENDERED, draw);
    };
  }, [store, box, pane, image]);
  return <canvas className="viewer-outlines" ref={layer} />;
}
