import type { LookedLine } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import { roleWord } from "./audit-table.tsx";

interface LookedTableProps {
  readonly title: string;
  readonly lines: readonly LookedLine[];
}

/** Who looked, a line for each person and day. */
export function LookedTable({ title, lines }: LookedTableProps) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div className="table-frame">
        <table className="table table-stacks">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Who</th>
              <th scope="col">When</th>
              <th scope="col">What they did</th>
              <th scope="col">What it was</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <LookedRow key={`${line.day} ${line.who} ${line.why} ${line.first} ${line.did.join()}`} line={line} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function LookedRow({ line }: { readonly line: LookedLine }) {
  return (
    <tr>
      <th scope="row" className="nowrap">
        {formatDate(line.day)}
      </th>
      <td>
        {line.who}
        <span className="worklist-small">{line.roles.map(roleWord).join(", ")}</span>
      </td>
      <td className="nowrap">{line.first === line.last ? line.first : `${line.first} to ${line.last}`}</td>
      <td>
        {line.did.join(", ")} ({line.times === 1 ? "once" : `${line.times} times`})
      </td>
      <td>{line.what.join(", ")}</td>
      <td>{line.why}</td>
    </tr>
  );
}
