import { type Tilt, upright } from "../state/viewer-state.ts";
import { tiltCut } from "./actions.ts";
import { useActivePane, useDesk } from "./desk-context.ts";

const ways: readonly (readonly [way: keyof Tilt, label: string])[] = [
  ["nodDegrees", "Nod"],
  ["turnDegrees", "Turn"],
];

/** Turns the cut of the active pane away from the axes of its volume: nods it about its rows, turns it about its columns. */
export function TiltBar() {
  const desk = useDesk();
  const { tilt, cut } = useActivePane();
  if (cut === "acquired") return null;
  const set = (next: Tilt) => void tiltCut(desk, next);
  return (
    <>
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
      {tilt.nodDegrees === 0 && tilt.turnDegrees === 0 ? null : (
        <button type="button" className="viewer-button" onClick={() => set(upright)}>
          Straight
        </button>
      )}
    </>
  );
}
