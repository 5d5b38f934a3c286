import type { Pane } from "../state/viewer-state.ts";
import { choosePane, setSpeed, speedMax, togglePlay } from "./actions.ts";
import { useDesk } from "./desk-context.ts";
import { ToolIcon } from "./tool-icon.tsx";

/** Play, stop and speed: there for films, and for stacks that are being played. */
export function CineBar({ pane, state }: { readonly pane: number; readonly state: Pane }) {
  const desk = useDesk();
  if (state.stack?.framesPerSecond === undefined && !state.isPlaying) return null;
  return (
    <div className="viewer-cine">
      <button
        type="button"
        className="viewer-button"
        aria-label={state.isPlaying ? "Stop" : "Play"}
        onClick={() => {
          choosePane(desk, pane);
          togglePlay(desk);
        }}
      >
        <ToolIcon name={state.isPlaying ? "pause" : "play"} />
      </button>
      <label>
        <span className="visually-hidden">Images a second</span>
        <input
          type="range"
          min={1}
          max={speedMax}
          value={state.framesPerSecond}
          onChange={(event) => {
            choosePane(desk, pane);
            setSpeed(desk, Number(event.currentTarget.value));
          }}
        />
      </label>
      <span className="tabular">{state.framesPerSecond}/s</span>
    </div>
  );
}
