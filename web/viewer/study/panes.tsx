import { useEffect, useRef } from "react";
import { paneCounts } from "../state/viewer-state.ts";
import { useDesk, useViewer } from "./desk-context.ts";
import { PaneView } from "./pane-view.tsx";
import type { PointerPlace } from "./use-pointer.ts";

/** The panes of the layout, which follow the size of their place. */
export function Panes({ pointer }: { readonly pointer: PointerPlace | undefined }) {
  const { box } = useDesk();
  const layout = useViewer((state) => state.layout);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    let waiting = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => box.resize());
    });
    observer.observe(place.current);
    return () => {
      cancelAnimationFrame(waiting);
      observer.disconnect();
    };
  }, [box]);
  // The size of the place is the same in every layout, but not that of a pane.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout makes panes of another size
  useEffect(() => box.resize(), [box, layout]);
  return (
    <div className="viewer-panes" data-layout={layout} ref={place}>
      {Array.from({ length: paneCounts[layout] }, (_, pane) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pane is its number
        <PaneView key={pane} pane={pane} pointer={pointer?.pane === pane ? pointer : undefined} />
      ))}
    </div>
  );
}
