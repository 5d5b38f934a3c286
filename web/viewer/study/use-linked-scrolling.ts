import { useEffect } from "react";
import { goTo } from "../engine/gestures.ts";
import { nearestImage, planeOfImage } from "../engine/image-values.ts";
import { depthOf, isParallel, type Plane } from "../stack/plane.ts";
import { along } from "../stack/vector.ts";
import type { Desk } from "./desk-context.ts";

/**
 * While panes are linked, the others follow the active one to the same place. Where two stacks do not share their coordinates,
 * as those of two examinations, they keep the distance they had when they were linked.
 */
export function useLinkedScrolling({ store, box }: Desk): void {
  useEffect(() => {
    let offsetsMm = new Map<string, number>();
    let wasLinked = false;
    const follow = (pane: number) => {
      const { isLinked, active, panes } = store.get();
      if (!isLinked || pane !== active) return;
      const from = planeOf({ store, box }, pane);
      if (from === undefined) return;
      for (const other of panes.keys()) {
        const viewport = other === pane ? undefined : box.viewport(other);
        const plane = planeOf({ store, box }, other);
        if (viewport === undefined || plane === undefined || !isParallel(plane, from)) continue;
        const isShared = from.frameOfReference !== undefined && plane.frameOfReference === from.frameOfReference;
        const offsetMm = isShared ? 0 : (offsetsMm.get(`${pane}>${other}`) ?? 0);
        const index = nearestImage(box.imageIds(other), along(from.origin, from.normal, offsetMm));
        if (index !== undefined && index !== viewport.getTargetImageIdIndex()) goTo(viewport, index);
      }
    };
    const onState = () => {
      const { isLinked, active } = store.get();
      if (isLinked && !wasLinked) {
        offsetsMm = distances({ store, box });
        follow(active);
      }
      wasLinked = isLinked;
    };
    const unwatch = [store.subscribe(onState), box.onImage(follow)];
    return () => {
      for (const stop of unwatch) stop();
    };
  }, [store, box]);
}

type Parts = Pick<Desk, "store" | "box">;

function planeOf({ box }: Parts, pane: number): Plane | undefined {
  const imageId = box.viewport(pane)?.getCurrentImageId();
  return imageId === undefined ? undefined : planeOfImage(imageId);
}

/** How much deeper, in mm, each pane stands than each other one. */
function distances(parts: Parts): Map<string, number> {
  const found = new Map<string, number>();
  const panes = [...parts.store.get().panes.keys()];
  for (const one of panes) {
    const from = planeOf(parts, one);
    for (const other of panes) {
      const to = planeOf(parts, other);
      if (from === undefined || to === undefined || one === other) continue;
      found.set(`${one}>${other}`, depthOf(to, from.normal) - depthOf(from, from.normal));
    }
  }
  return found;
}
