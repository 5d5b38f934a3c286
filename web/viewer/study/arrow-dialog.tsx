import { useEffect, useRef, useState } from "react";
import type { Asking } from "./use-desk.ts";

/** The words beside an arrow. Without words there is no arrow. */
export function ArrowDialog({ asking, onDone }: { readonly asking: Asking; onDone(): void }) {
  const [text, setText] = useState(asking.before);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const finish = (words: string | undefined) => {
    asking.then(words);
    onDone();
  };
  return (
    <dialog
      className="viewer-dialog"
      ref={dialog}
      aria-labelledby="viewer-arrow"
      onCancel={() => finish(asking.before || undefined)}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          finish(text.trim() === "" ? undefined : text.trim());
        }}
      >
        <h2 id="viewer-arrow">What does the arrow point out?</h2>
        <label>
          <span className="visually-hidden">Words</span>
          <input autoFocus value={text} maxLength={200} onChange={(event) => setText(event.currentTarget.value)} />
        </label>
        <div className="viewer-dialog-buttons">
          <button type="submit" className="viewer-button" data-wide="true">
            Keep
          </button>
          <button
            type="button"
            className="viewer-button"
            data-wide="true"
            onClick={() => finish(asking.before || undefined)}
          >
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
