import { type Pane, type Tilt, upright } from "../state/viewer-state.ts";
import { choosePane, tiltCut } from "./actions.ts";
import { useDesk } from "./desk-context.ts";

const ways: readonly (readonly [way: keyof Tilt, label: string])[] = [
  ["backDegrees", "Nod"],
  ["sideDegrees", "Turn"],
];

/** Turns a cut away from the axes of its volume: nods it about its rows, turns it about its columns. */
export function TiltBar({ pane, state }: { readonly pane: number; readonly state: Pane }) {
  const desk = useDesk();
  const { tilt } = state;
  const set = (next: Tilt) => {
    choosePane(desk, pane);
    void tiltCut(desk, pane, next);
  };
  return (
    <div className="viewer-cine">
      {ways.map(([way, label]) => (
        <label key={way} className="viewer-tilt">
          {label}
          <input
            type="range"
            min={-90}
            max={90}
            value={tilt[way]}
            aria-valuetext={`${tilt[way]} degrees`}
            onChange={(event) => set({ ...tilt, [way]: Number(event.currentTarget.value) })}
          />
          <span className="tabular">{tilt[way]}°</span>
        </label>
      ))}
      {tilt.backDegrees === 0 && tilt.sideDegrees === 0 ? null : (
        <button type="button" className="viewer-button" onClick={() => set(upright)}>
          Straight
        </button>
      )}
    </div>
  );
}
