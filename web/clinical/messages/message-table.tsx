import { Link, useNavigate } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import type { MessageRow } from "#departments/clinical/api";
import { formatClock, formatDate } from "../../parts/format/dates.ts";
import { MessageStateTag } from "./message-state-tag.tsx";
import "../../parts/table/table.css";

/** One row a message; arrow keys go from row to row, Enter opens. */
export function MessageTable({ messages }: { readonly messages: readonly MessageRow[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">
          Messages, newest first. Up and down arrow keys go from row to row.
        </caption>
        <thead>
          <tr>
            <th scope="col">Arrived</th>
            <th scope="col">Type</th>
            <th scope="col">Control ID</th>
            <th scope="col">Sender</th>
            <th scope="col">Patient</th>
            <th scope="col">Order</th>
            <th scope="col">State</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows}>
          {messages.map((message) => (
            <Row key={message.id} message={message} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ message }: { readonly message: MessageRow }) {
  const navigate = useNavigate();
  const params = { id: message.id };
  return (
    <tr className="table-row-open" onClick={() => void navigate({ to: "/links/messages/$id", params })}>
      <th scope="row" className="nowrap">
        <Link to="/links/messages/$id" params={params} className="table-link" data-row-link>
          <span className="messages-day">{formatDate(message.arrivedAt)}</span> {formatClock(message.arrivedAt)}
        </Link>
      </th>
      <td className="nowrap">{message.type ?? "not stated"}</td>
      <td className="fixed-width messages-control">{message.controlId}</td>
      <td className="messages-sender">{message.sender}</td>
      <td className="nowrap">{message.patient.nhsNumber ?? message.patient.hospitalNumbers[0]}</td>
      <td>{orderText(message)}</td>
      <td>
        <MessageStateTag state={message.state} />
        {message.reasons[0] === undefined ? null : (
          <span className="messages-reason">{message.reasons[0].message}</span>
        )}
      </td>
      <td>{message.ackCode}</td>
    </tr>
  );
}

function orderText(message: MessageRow): string {
  const [first, ...rest] = message.orders
    .map((order) => order.filler ?? order.placer)
    .filter((order) => order !== undefined);
  if (first === undefined) return "";
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
  const here = links.indexOf(document.activeElement as HTMLElement);
  const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
