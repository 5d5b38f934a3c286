import { Link } from "@tanstack/react-router";
import type { ReplayView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import "../../parts/table/table.css";
import { ReplayStateTag } from "./replay-state-tag.tsx";
import { choiceWords, intoWords } from "./replay-words.ts";

/** One row a replay. */
export function ReplayTable({ replays }: { readonly replays: readonly ReplayView[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Replays, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Asked for</th>
            <th scope="col">Messages</th>
            <th scope="col">What for</th>
            <th scope="col">State</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {replays.map((replay) => (
            <Row key={replay.id} replay={replay} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ replay }: { readonly replay: ReplayView }) {
  const { id, askedAt, askedBy, choice, into, state, stateText, total, done, started } = replay;
  return (
    <tr>
      <th scope="row" className="nowrap">
        <Link to="/links/replay/$id" params={{ id }} className="table-link">
          {formatDateTime(askedAt)}
        </Link>
        <span className="replay-small">{askedBy.display}</span>
      </th>
      <td>{choiceWords(choice).join(", ") || "Every message"}</td>
      <td>{intoWords[into]}</td>
      <td>
        <ReplayStateTag state={state}>{stateText}</ReplayStateTag>
        {total === undefined ? null : (
          <span className="replay-small tabular">
            {started === undefined ? formatCount(total) : `${formatCount(done)} of ${formatCount(total)}`}
          </span>
        )}
      </td>
      <td>{started?.why ?? ""}</td>
    </tr>
  );
}
