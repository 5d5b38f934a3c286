import { getRouteApi, Link } from "@tanstack/react-router";
import type { Result } from "#departments/clinical/api";
import { ResourceLink } from "../../../explorer/link/resource-link.tsx";
import { Icon } from "../../../parts/icon/icon.tsx";
import { Flag } from "../../result/flag.tsx";
import { RangeBar } from "../../result/range-bar.tsx";
import { resultTitle } from "../../result/result-title.ts";
import { ResultAmount } from "../../result/result-value.tsx";
import { StatusTag } from "../../result/status-tag.tsx";
import { codeParameter } from "../codes.ts";
import { useFreshIds } from "../fresh/fresh.tsx";

const route = getRouteApi("/signed-in/patients/$id");

interface ResultRowProps {
  readonly result: Result;
  /** 0 for a test of its own, 1 for a part of one. */
  readonly depth: number;
}

export function ResultRow({ result, depth }: ResultRowProps) {
  const trend = trendOf(result);
  const navigate = route.useNavigate();
  const fresh = useFreshIds().has(result.id);
  const open =
    trend === undefined ? undefined : () => void navigate({ to: ".", search: (before) => ({ ...before, trend }) });
  return (
    <tr className={open === undefined ? "results-row" : "results-row table-row-open"} data-fresh={fresh} onClick={open}>
      <th scope="row" className="results-col-test" data-depth={depth}>
        <TestName result={result} trend={trend} />
        <ObservationLink result={result} />
        <Notes notes={result.notes} />
      </th>
      <td className="results-col-value">
        <ResultAmount result={result} />
      </td>
      <td className="results-col-flag">
        <Flag interpretation={result.interpretation} outsideRange={result.outsideRange} />
      </td>
      <td className="results-col-range">
        {result.range === undefined ? null : (
          <span className="results-range">
            <span className="results-range-text">{result.range}</span>
            <RangeBar result={result} />
          </span>
        )}
      </td>
      <td className="results-col-status">
        <StatusTag status={result.status} />
      </td>
    </tr>
  );
}

/** A test whose answer is a text: the answer stands beneath the name and takes the whole width. */
export function LongRow({ result, depth }: ResultRowProps) {
  const text = result.value.text;
  return (
    <tr className="results-row results-row-long">
      <th scope="row" className="results-col-test" data-depth={depth}>
        <TestName result={result} trend={undefined} />
        <ObservationLink result={result} />
        <StatusTag status={result.status} />
      </th>
      <td colSpan={4}>
        {result.value.laidOut === true ? (
          <pre className="result-laid-out">{text}</pre>
        ) : (
          <p className="result-text">{text}</p>
        )}
        <Notes notes={result.notes} />
      </td>
    </tr>
  );
}

function TestName({ result, trend }: { readonly result: Result; readonly trend: string | undefined }) {
  const name = resultTitle(result);
  if (trend === undefined) return <span className={name === result.organism ? "results-organism" : ""}>{name}</span>;
  return (
    <Link
      to="."
      search={(before) => ({ ...before, trend })}
      className="results-trend-link"
      title="Show over time"
      onClick={(event) => event.stopPropagation()}
    >
      {name}
      <Icon name="trend" size={14} />
    </Link>
  );
}

function ObservationLink({ result }: { readonly result: Result }) {
  return <ResourceLink type="Observation" id={result.id} of={resultTitle(result)} />;
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return notes.map((note) => (
    <span className="results-note" key={note}>
      {note}
    </span>
  ));
}

/** Only a number can be drawn over time. */
function trendOf(result: Result): string | undefined {
  return result.value.number === undefined ? undefined : codeParameter(result.name);
}
