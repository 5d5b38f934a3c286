import { Link, useNavigate } from "@tanstack/react-router";
import type { HoldView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { ageText } from "./age.ts";

/** One row a message: how long it waits, why, and what it takes. */
export function HoldTable({ holds }: { readonly holds: readonly HoldView[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Held messages, the longest waiting first</caption>
        <thead>
          <tr>
            <th scope="col">Waits since</th>
            <th scope="col">Why it is held</th>
            <th scope="col">Message</th>
            <th scope="col">Numbers in it</th>
            <th scope="col">It takes</th>
          </tr>
        </thead>
        <tbody>
          {holds.map((hold) => (
            <Row key={hold.id} hold={hold} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ hold }: { readonly hold: HoldView }) {
  const navigate = useNavigate();
  const params = { id: hold.id };
  const numbers = [hold.patient.nhsNumber, ...hold.patient.hospitalNumbers].filter((number) => number !== undefined);
  return (
    <tr className="table-row-open" onClick={() => void navigate({ to: "/links/holds/$id", params })}>
      <th scope="row" className="nowrap">
        <Link to="/links/holds/$id" params={params} className="table-link">
          {ageText(hold.ageMinutes)}
        </Link>
        <span className="worklist-small">{formatDateTime(hold.arrivedAt)}</span>
      </th>
      <td className="hold-why">
        {hold.reasons.map((reason) => (
          <span key={`${reason.code} ${reason.where}`} className="hold-why-line">
            {reason.message}
          </span>
        ))}
      </td>
      <td>
        {hold.type ?? "not stated"} <span className="worklist-small">{hold.sender}</span>
        <span className="worklist-small">{hold.link}</span>
      </td>
      <td className="hold-numbers">
        {numbers.length === 0 ? <span className="quiet">none</span> : numbers.join(", ")}
      </td>
      <td>
        <Takes hold={hold} />
      </td>
    </tr>
  );
}

/** What the message waits for now. */
export function Takes({ hold }: { readonly hold: HoldView }) {
  if (hold.proposal !== undefined)
    return (
      <Tag tone="accent" icon="patients">
        A second person
      </Tag>
    );
  const { asIs, toPatient, people } = hold.release;
  if (!asIs && !toPatient)
    return hold.reasons.some(({ code }) => code === "held-behind") ? (
      <Tag tone="plain" icon="clock">
        The message before it
      </Tag>
    ) : (
      <Tag tone="warn" icon="cross">
        Only rejecting
      </Tag>
    );
  return (
    <Tag tone="warn" icon={people === 2 || !asIs ? "patients" : "person"}>
      {people === 2 || !asIs ? "Two people" : "One person"}
    </Tag>
  );
}
