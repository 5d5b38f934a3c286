import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { CodeRowView, GuideTableView } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { countOf } from "../../../parts/format/numbers.ts";
import { Tag } from "../../../parts/tag/tag.tsx";
import "../../../parts/table/table.css";
import { TargetText } from "../target-text.tsx";
import { layerWords, overriddenText, ownTitle, tableTitle, whoseRow } from "./table-words.ts";

interface RowTableProps {
  readonly rows: readonly CodeRowView[];
  readonly tables: readonly GuideTableView[];
  /** Absent for those who may not. */
  readonly onEdit: ((row: CodeRowView) => void) | undefined;
}

/** One line a row of a table: what is sent, what it means, whose word that is. */
export function RowTable({ rows, tables, onEdit }: RowTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks code-rows">
        <caption className="visually-hidden">Codes as they are sent and what they mean</caption>
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Table</th>
            <th scope="col">Means</th>
            <th scope="col">Whose word</th>
            <th scope="col">Why, and how often</th>
            {onEdit === undefined ? null : (
              <th scope="col">
                <span className="visually-hidden">Change</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={rowKey(row)} row={row} tables={tables} onEdit={onEdit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rowKey({ kind, table, code, layer, sender, file }: CodeRowView): string {
  return JSON.stringify([kind, table, code, layer, sender, file]);
}

interface RowProps extends Pick<RowTableProps, "tables" | "onEdit"> {
  readonly row: CodeRowView;
}

function Row({ row, tables, onEdit }: RowProps) {
  const { kind, table, code, text, target, layer } = row;
  const overridden = overriddenText(row);
  // A layer that some of the links share is for whoever writes the files.
  const isShared = (row.links?.length ?? 0) > 1;
  const isOpen = kind === "own" || (!isShared && tables.find(({ name }) => name === table)?.isOpen === true);
  return (
    <tr>
      <th scope="row" className="code-cell">
        {code}
        {text === undefined || text === code ? null : <span className="worklist-small">{text}</span>}
      </th>
      <td>{kind === "own" ? ownTitle(table) : tableTitle(table, tables)}</td>
      <td>{target === undefined ? <span className="quiet">stays as sent</span> : <TargetText target={target} />}</td>
      <td>
        <Tag tone={layerWords[layer].tone}>{layerWords[layer].word}</Tag>
        <span className="worklist-small">{whoseRow(row)}</span>
        {overridden === undefined ? null : <span className="worklist-small code-overridden">{overridden}</span>}
      </td>
      <td>
        <Why row={row} />
      </td>
      {onEdit === undefined ? null : (
        <td className="code-row-change">
          {isOpen ? (
            <Button variant="default" size="compact-xs" onClick={() => onEdit(row)}>
              Change<span className="visually-hidden"> {code}</span>
            </Button>
          ) : null}
        </td>
      )}
    </tr>
  );
}

function Why({ row: { because, file, counted } }: { readonly row: CodeRowView }) {
  return (
    <>
      {because}
      {file === undefined ? null : <span className="worklist-small fixed-width">{file}</span>}
      {counted === undefined ? null : (
        <span className="worklist-small tabular">
          <Link to="/links/codes/$id" params={{ id: counted.id }}>
            came {countOf(counted.count, "time")}
          </Link>{" "}
          before, last {formatDateTime(counted.lastSeenAt)}
        </span>
      )}
    </>
  );
}
