import type { StateView } from "#departments/clinical/api";
import { formatClock, formatDate } from "../../parts/format/dates.ts";
import { Reasons } from "./message-head.tsx";
import { MessageStateTag } from "./message-state-tag.tsx";

/** Every state the message has been in, oldest first. */
export function HistoryTab({ states }: { readonly states: readonly StateView[] }) {
  return (
    <ol className="message-history">
      {states.map((state) => (
        <li key={`${state.state} ${state.at}`}>
          <p className="message-actions">
            <span className="tabular">
              {formatDate(state.at)} {formatClock(state.at)}
            </span>
            <MessageStateTag state={state.state} />
            <span className="quiet">{state.stateText}</span>
          </p>
          <Reasons reasons={state.reasons} />
        </li>
      ))}
    </ol>
  );
}
