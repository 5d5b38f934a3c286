import { useEffect, useState } from "react";
import type { Desk } from "./desk-context.ts";

/** A place in a pane, in pixels of the screen from its upper left corner. */
export interface PointerPlace {
  readonly pane: number;
  readonly x: number;
  readonly y: number;
}

const stepsPx = { plain: 2, shift: 20 } as const;
const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/**
 * A pointer for those who draw without a mouse: Enter brings it, arrows move it, with Shift in large steps, Space sets a point
 * or lets go of one, Escape takes it away.
 */
export function usePointer({ store, box }: Desk): PointerPlace | undefined {
  const [place, setPlace] = useState<PointerPlace | undefined>(undefined);
  useEffect(() => {
    let at: PointerPlace | undefined;
    let isHeld = false;
    const put = (next: PointerPlace | undefined) => {
      at = next;
      setPlace(next);
    };
    const send = (type: string, target: EventTarget) => {
      const element = at === undefined ? undefined : box.viewport(at.pane)?.element;
      if (at === undefined || element === undefined) return;
      const { left, top } = element.getBoundingClientRect();
      const where = { clientX: left + at.x, clientY: top + at.y };
      target.dispatchEvent(
        new MouseEvent(type, { bubbles: true, cancelable: true, buttons: isHeld ? 1 : 0, ...pageOf(where) }),
      );
    };
    const begin = () => {
      const { active } = store.get();
      const element = box.viewport(active)?.element;
      if (element !== undefined) put({ pane: active, x: element.clientWidth / 2, y: element.clientHeight / 2 });
    };
    const press = () => {
      const element = at === undefined ? undefined : box.viewport(at.pane)?.element;
      if (element === undefined) return;
      isHeld = !isHeld;
      if (isHeld) send("mousedown", element);
      else send("mouseup", document);
    };
    const move = ([dx, dy]: readonly [number, number], stepPx: number) => {
      if (at === undefined) return;
      put({ ...at, x: at.x + dx * stepPx, y: at.y + dy * stepPx });
      const element = box.viewport(at.pane)?.element;
      if (element !== undefined) send("mousemove", isHeld ? document : element);
    };
    const onKey = (event: KeyboardEvent) => {
      const isOnPane = event.target instanceof Element && event.target.matches(".viewer-canvas");
      if (!isOnPane || event.ctrlKey || event.altKey || event.metaKey) return;
      const direction = directions[event.key];
      if (event.key === "Enter" && at === undefined) begin();
      else if (at === undefined) return;
      else if (event.key === "Escape") put(undefined);
      else if (event.key === " " || event.key === "Enter") press();
      else if (direction !== undefined) move(direction, event.shiftKey ? stepsPx.shift : stepsPx.plain);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [store, box]);
  return place;
}

/** Cornerstone reads where the pointer is on the page, which does not scroll here. */
function pageOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) {
  return { clientX, clientY, screenX: clientX, screenY: clientY };
}
