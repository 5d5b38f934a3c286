import type { Result } from "#departments/clinical/api";
import { LongRow, ResultRow } from "./result-row.tsx";
import "../../../parts/table/table.css";

interface ResultTableProps {
  readonly caption: string;
  readonly results: readonly Result[];
}

/** One row a test; parts of a test follow it, a step further in. */
export function ResultTable({ caption, results }: ResultTableProps) {
  return (
    <table className="table results-table">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="results-col-test">
            Test
          </th>
          <th scope="col" className="results-col-value">
            Result
          </th>
          <th scope="col" className="results-col-flag">
            Flag
          </th>
          <th scope="col" className="results-col-range">
            Reference range
          </th>
          <th scope="col" className="results-col-status">
            Status
          </th>
        </tr>
      </thead>
      <tbody>{rowsOf(results, 0)}</tbody>
    </table>
  );
}

function rowsOf(results: readonly Result[], depth: number): React.ReactNode[] {
  return results.flatMap((result) => [
    isLong(result) ? (
      <LongRow key={result.id} result={result} depth={depth} />
    ) : (
      <ResultRow key={result.id} result={result} depth={depth} />
    ),
    ...rowsOf(result.parts, depth + 1),
  ]);
}

/** Text that would not fit into a column of numbers gets the whole width. */
function isLong(result: Result): boolean {
  return result.value.laidOut === true || (result.value.kind === "text" && result.value.text.length > 70);
}
