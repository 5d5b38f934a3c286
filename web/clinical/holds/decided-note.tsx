import { Link } from "@tanstack/react-router";
import type { DecidedView } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";

/** What the decision came to; read out as soon as it appears. */
export function DecidedNote({ decided }: { readonly decided: DecidedView }) {
  return (
    <p className="worklist-note" role="status">
      <Icon name={decided.waitsForSecond ? "patients" : "check-round"} size={18} />
      <span>
        {sentenceOf(decided)}
        {decided.released.length === 0
          ? ""
          : ` ${countOf(decided.released.length, "later message")} of the same order went on too.`}{" "}
        <Link to="/links/holds">To the other held messages</Link>
      </span>
    </p>
  );
}

function sentenceOf({ waitsForSecond, state, stateText }: DecidedView): string {
  if (waitsForSecond) return "Your proposal is kept. Somebody else has to confirm it before anything is recorded.";
  if (state === "held") return "Tried again, and it is still held: the reasons above say why.";
  return state === "rejected" ? "Rejected for good. Nothing of it was recorded." : `Released: ${stateText}.`;
}
