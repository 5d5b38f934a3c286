import { useEffect } from "react";
import { viewportId } from "../engine/light-box.ts";
import type { Desk } from "./desk-context.ts";

/** Where several panes are open, each other one shows where the image of the active one cuts it. */
export function useReferenceLines({ store, box }: Desk): void {
  useEffect(() => {
    let source: string | undefined;
    const follow = () => {
      const { layout, active } = store.get();
      const next = layout === "1x1" ? undefined : viewportId(active);
      if (next === source) return;
      source = next;
      box.tools.showLinesOf(next);
      for (const pane of store.get().panes.keys()) box.viewport(pane)?.render();
    };
    return store.subscribe(follow);
  }, [store, box]);
}
