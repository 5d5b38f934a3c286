import type { Pane } from "../state/viewer-state.ts";
import { choosePane, goTo } from "./actions.ts";
import { useDesk } from "./desk-context.ts";

/** The place in the stack, to be dragged; grey where images are in memory already. */
export function ScrollBar({ pane, state }: { readonly pane: number; readonly state: Pane }) {
  const desk = useDesk();
  if (state.count < 2) return null;
  return (
    <input
      className="viewer-scroll"
      type="range"
      aria-label={`Image in pane ${pane + 1}`}
      aria-valuetext={`Image ${state.index + 1} of ${state.count}`}
      min={0}
      max={state.count - 1}
      value={state.index}
      style={{ "--loaded": `${(state.loaded / state.count) * 100}%` } as React.CSSProperties}
      onChange={(event) => {
        choosePane(desk, pane);
        goTo(desk, Number(event.currentTarget.value));
      }}
    />
  );
}
