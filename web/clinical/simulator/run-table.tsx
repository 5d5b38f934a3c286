import { Link } from "@tanstack/react-router";
import type { RunRow } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { durationText, lookOf, paceText, targetText, trafficText } from "./run-words.ts";

/** Earlier runs and those under way, one a row. */
export function RunTable({ runs }: { readonly runs: readonly RunRow[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Runs, the last to change first</caption>
        <thead>
          <tr>
            <th scope="col">Begun</th>
            <th scope="col">Played</th>
            <th scope="col">Against</th>
            <th scope="col">State</th>
            <th scope="col">Messages</th>
            <th scope="col">Acknowledged</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { readonly run: RunRow }) {
  const { id, startedAt, by, settings, summary, progress } = run;
  const look = lookOf(run);
  return (
    <tr>
      <th scope="row" className="nowrap">
        <Link to="/links/simulator/$id" params={{ id }} className="table-link">
          {formatDateTime(startedAt)}
        </Link>
        <span className="simulator-small">{by.display}</span>
      </th>
      <td>
        {trafficText(settings)} <span className="simulator-small">{paceText(settings)}</span>
      </td>
      <td className="simulator-address">{targetText(settings)}</td>
      <td>
        <Tag tone={look.tone} icon={look.icon}>
          {look.word}
        </Tag>
      </td>
      <td className="tabular">{formatCount(summary?.messages ?? progress?.messages ?? 0)}</td>
      <td className="tabular">
        <Acknowledged run={run} />
      </td>
    </tr>
  );
}

function Acknowledged({ run: { summary } }: { readonly run: RunRow }) {
  if (summary === undefined) return <span className="simulator-small">not yet</span>;
  return (
    <>
      {formatCount(summary.accepted)} taken{summary.refused > 0 ? `, ${formatCount(summary.refused)} refused` : ""}
      <span className="simulator-small">95 of 100 within {durationText(summary.latency.p95Ms)}</span>
    </>
  );
}
