import { Link, useNavigate } from "@tanstack/react-router";
import type { CodeView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { fieldWords, senderText, stateWords, systemName } from "./code-words.ts";

/** One row a code of a sender. */
export function CodeTable({ codes }: { readonly codes: readonly CodeView[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Codes and units that no map knows, the most frequent first</caption>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Stands for</th>
            <th scope="col">Sender</th>
            <th scope="col" className="number">
              Came
            </th>
            <th scope="col">Last seen</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <Row key={code.id} code={code} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ code }: { readonly code: CodeView }) {
  const navigate = useNavigate();
  const params = { id: code.id };
  return (
    <tr className="table-row-open" onClick={() => void navigate({ to: "/links/codes/$id", params })}>
      <th scope="row" className="code-cell">
        <Link to="/links/codes/$id" params={params} className="table-link">
          {code.code}
        </Link>
        {code.text === undefined || code.text === code.code ? null : (
          <span className="worklist-small">{code.text}</span>
        )}
      </th>
      <td>
        {fieldWords[code.field]} <span className="quiet nowrap">{code.field}</span>
        {code.units.length === 0 ? null : <span className="worklist-small">in {code.units.join(", ")}</span>}
      </td>
      <td>{senderText(code.sender)}</td>
      <td className="number nowrap" aria-label={countOf(code.count, "time")}>
        {formatCount(code.count)}×
      </td>
      <td className="nowrap">{formatDateTime(code.lastSeenAt)}</td>
      <td>
        <CodeStateTag state={code.state} />
        <Meant code={code} />
      </td>
    </tr>
  );
}

export function CodeStateTag({ state }: Pick<CodeView, "state">) {
  const { word, tone, icon } = stateWords[state];
  return (
    <Tag tone={tone} icon={icon}>
      {word}
    </Tag>
  );
}

function Meant({ code: { proposal } }: { readonly code: CodeView }) {
  if (proposal === undefined) return null;
  const { target } = proposal;
  if (target === undefined) return <span className="worklist-small">no other code for it</span>;
  return (
    <span className="worklist-small">
      {systemName(target.system)} {target.code}
      {target.display === undefined ? "" : `, ${target.display}`}
    </span>
  );
}
