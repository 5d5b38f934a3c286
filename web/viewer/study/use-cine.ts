import { useEffect } from "react";
import type { Desk } from "./desk-context.ts";

/** Plays the panes that are to be played. */
export function useCine({ store, box }: Desk): void {
  useEffect(() => {
    let waiting = 0;
    const last = new Map<number, number>();
    const step = (nowMs: number) => {
      waiting = requestAnimationFrame(step);
      for (const [pane, { isPlaying, framesPerSecond, stack, cut }] of store.get().panes.entries()) {
        const viewport = isPlaying ? box.viewport(pane) : undefined;
        if (viewport === undefined || stack === undefined) continue;
        const dueMs = 1000 / framesPerSecond;
        const beforeMs = last.get(pane) ?? nowMs - dueMs;
        // One that is still being loaded is waited for, so that no image is left out.
        const isBehind = viewport.getTargetImageIdIndex() !== viewport.getCurrentImageIdIndex();
        if (nowMs - beforeMs < dueMs - 4 || isBehind) continue;
        last.set(pane, Math.max(beforeMs + dueMs, nowMs - dueMs));
        const count = viewport.getImageIds().length;
        const clip =
          cut === "acquired" ? clipOf(stack.frames, viewport.getCurrentImageIdIndex()) : ([0, count] as const);
        const next = viewport.getCurrentImageIdIndex() + 1;
        viewport.scroll((next >= clip[1] ? clip[0] : next) - viewport.getCurrentImageIdIndex(), false);
      }
    };
    waiting = requestAnimationFrame(step);
    return () => cancelAnimationFrame(waiting);
  }, [store, box]);
}

/** Where a film that is one of several begins and ends; the whole stack where images stand alone. */
function clipOf(
  frames: readonly { readonly frameCount: number; readonly frameNumber: number }[],
  index: number,
): readonly [from: number, to: number] {
  const frame = frames[index];
  if (frame === undefined || frame.frameCount === 1) return [0, frames.length];
  const from = index - (frame.frameNumber - 1);
  return [Math.max(0, from), from + frame.frameCount];
}
