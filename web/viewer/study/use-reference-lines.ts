import { useEffect } from "react";
import { viewportId } from "../engine/light-box.ts";
import { paneCounts } from "../state/viewer-state.ts";
import type { Desk } from "./desk-context.ts";

/** Where several panes are open and all have images, each other one shows where the image of the active one cuts it. */
export function useReferenceLines({ store, box }: Desk): void {
  useEffect(() => {
    let source: string | undefined;
    const follow = () => {
      const { layout, active, panes } = store.get();
      // Cornerstone cannot draw lines on a pane that has no image yet.
      const areAllShown = panes.slice(0, paneCounts[layout]).every(({ status }) => status === "shown");
      const next = layout === "1x1" || !areAllShown ? undefined : viewportId(active);
      if (next === source) return;
      source = next;
      box.tools.showLinesOf(next);
      for (const pane of store.get().panes.keys()) box.viewport(pane)?.render();
    };
    return store.subscribe(follow);
  }, [store, box]);
}
