import type { LeafOutcome } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import "./messages.css";

/** What became of a value: where it went, or why it went nowhere. */
export function OutcomeMark({ outcome }: { readonly outcome: LeafOutcome | undefined }) {
  if (outcome === undefined) return null;
  if (outcome.is === "mapped")
    return (
      <span className="outcome" data-is="mapped">
        <Icon name="check" size={14} /> {outcome.element === undefined ? "Mapped" : `Mapped to ${outcome.element}`}
      </span>
    );
  return (
    <span className="outcome" data-is="unmapped">
      <Icon name="alert" size={14} /> {outcome.reason}
    </span>
  );
}
