import { useEffect, useRef } from "react";
import type { Key } from "./use-keys.ts";

interface KeysDialogProps {
  readonly isOpen: boolean;
  readonly keys: readonly Key[];
  onClose(): void;
}

const groups: readonly Key["group"][] = ["Images", "Look", "Tools", "Panes", "Notes"];

/** What each key does, and each button of the mouse. */
export function KeysDialog({ isOpen, keys, onClose }: KeysDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog className="viewer-dialog" data-wide="true" ref={dialog} aria-labelledby="viewer-keys" onClose={onClose}>
      <div className="viewer-dialog-head">
        <h2 id="viewer-keys">Keys</h2>
        <button type="button" className="viewer-button" data-wide="true" onClick={onClose}>
          Close
        </button>
      </div>
      <div className="viewer-keys">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {keys
                .filter((key) => key.group === group && key.shown !== "")
                .map(({ shown, does }) => (
                  <div key={shown}>
                    <dt>
                      <kbd>{shown}</kbd>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <Rows title="Drawing by keys" rows={drawing} />
        <Rows title="Mouse and fingers" rows={pointers} />
      </div>
    </dialog>
  );
}

interface RowsProps {
  readonly title: string;
  readonly rows: readonly (readonly [shown: string, does: string])[];
}

function Rows({ title, rows }: RowsProps) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(([shown, does]) => (
          <div key={shown}>
            <dt>{shown}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const drawing = [
  ["Enter", "Brings a pointer to the pane"],
  ["Arrows, Shift and arrows", "Move it in small and large steps"],
  ["Space", "Sets a point, lets go of it"],
  ["Escape", "Takes the pointer away"],
] as const;

const pointers = [
  ["Left, one finger", "The chosen tool"],
  ["Wheel", "Scroll"],
  ["Middle", "Move"],
  ["Right, two fingers", "Zoom"],
] as const;
