import { Link } from "@tanstack/react-router";
import { type ItemRow, listNamed } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import "../../parts/table/table.css";
import { ClockTag } from "../clock-tag.tsx";
import { ItemStateTag } from "./item-state-tag.tsx";

interface ItemTableProps {
  readonly items: readonly ItemRow[];
  readonly caption: string;
}

/** One row an item: what it is, how it stands, and what is due. */
export function ItemTable({ items, caption }: ItemTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Reference</th>
            <th scope="col">What</th>
            <th scope="col">State</th>
            <th scope="col">Due</th>
            <th scope="col">Received</th>
            <th scope="col">With</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ item }: { readonly item: ItemRow }) {
  const { id, list, reference, title, state, clocks, marks, assignee } = item;
  return (
    <tr>
      <th scope="row" className="nowrap">
        <Link to="/governance/items/$id" params={{ id }} className="table-link">
          {reference}
        </Link>
      </th>
      <td>
        {title}
        <span className="worklist-small">{listNamed(list)?.title ?? list}</span>
      </td>
      <td>
        <ItemStateTag state={state} />
      </td>
      <td>
        <span className="governance-entry">
          {clocks.map((clock) => (
            <ClockTag key={clock.name} clock={clock} />
          ))}
        </span>
      </td>
      <td className="nowrap">{formatDate(marks.received ?? "")}</td>
      <td>{assignee?.display ?? <span className="quiet">nobody yet</span>}</td>
    </tr>
  );
}
