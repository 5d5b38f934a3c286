import { Link } from "@tanstack/react-router";
import type { MessageReasonView, MessageView } from "#departments/clinical/api";
import { ResourceLink } from "../../explorer/link/resource-link.tsx";
import { formatClock, formatDate } from "../../parts/format/dates.ts";
import { formatBytes } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { MessageStateTag } from "./message-state-tag.tsx";

/** What a person says on the telephone about a message, and why it is in its state. */
export function MessageHead({ message }: { readonly message: MessageView }) {
  return (
    <div className="message-head">
      <div className="message-title">
        <h1>{message.type ?? "Message without a type"}</h1>
        <MessageStateTag state={message.state} />
        <span className="quiet">{message.stateText}</span>
      </div>
      <Reasons reasons={message.reasons} />
      <dl className="message-facts tabular">
        {factsOf(message).map(({ term, text }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        <div className="message-patient">
          <dt>Patient</dt>
          <dd>
            <PatientFact message={message} />
          </dd>
        </div>
      </dl>
    </div>
  );
}

export function Reasons({ reasons }: { readonly reasons: readonly MessageReasonView[] }) {
  if (reasons.length === 0) return null;
  return (
    <ul className="message-reasons">
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.where}`}>
          <Icon name="alert" size={16} />
          <span>
            {reason.where === undefined ? null : <code>{reason.where}</code>} {reason.message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function PatientFact({ message }: { readonly message: MessageView }) {
  const mayOpenChart = usePermission("chart.open");
  const { patient } = message;
  const numbers = [patient.nhsNumber, ...patient.hospitalNumbers].filter((number) => number !== undefined).join(", ");
  return (
    <>
      {[message.patientName, numbers].filter(Boolean).join(" · ") || "not stated"}{" "}
      {patient.record === undefined || !mayOpenChart ? null : (
        <Link to="/patients/$id/results" params={{ id: patient.record }}>
          Open the chart
        </Link>
      )}
      {patient.record === undefined ? null : <ResourceLink type="Patient" id={patient.record} of="the patient" />}
    </>
  );
}

interface Fact {
  readonly term: string;
  readonly text: string;
}

function factsOf(message: MessageView): readonly Fact[] {
  const orders = message.orders.map(({ placer, filler }) =>
    [placer === undefined ? "" : `placer ${placer}`, filler === undefined ? "" : `filler ${filler}`]
      .filter((part) => part !== "")
      .join(", "),
  );
  const facts = [
    { term: "Arrived", text: `${formatDate(message.arrivedAt)} ${formatClock(message.arrivedAt)}` },
    { term: "Link", text: `${message.link}, connection ${message.connection}` },
    { term: "From", text: message.sender },
    { term: "To", text: message.receiver },
    { term: "Control ID", text: message.controlId },
    { term: "Version", text: message.hl7Version },
    { term: "Orders", text: orders.join("; ") },
    { term: "Size", text: `${formatBytes(message.sizeBytes)}, ${message.raw.charset}` },
  ];
  return facts.flatMap(({ term, text }) => (text === undefined || text === "" ? [] : [{ term, text }]));
}
