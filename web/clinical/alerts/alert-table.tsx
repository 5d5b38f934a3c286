import { Button } from "@mantine/core";
import type { AlertView } from "#departments/clinical/api";
import { useNow } from "../../parts/clock/now.ts";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "../../parts/table/table.css";
import { AlertExamples } from "./alert-examples.tsx";
import { lastedText, ruleWords } from "./alert-words.ts";

interface AlertTableProps {
  readonly alerts: readonly AlertView[];
  onAcknowledge(alert: AlertView): void;
}

/** One row an alert: what is missing, since when, and what was done about it. */
export function AlertTable({ alerts, onAcknowledge }: AlertTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Alerts, what began last first</caption>
        <thead>
          <tr>
            <th scope="col">Since</th>
            <th scope="col">What</th>
            <th scope="col">Link</th>
            <th scope="col">State</th>
            <th scope="col">History</th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <Row key={alert.id} alert={alert} onAcknowledge={onAcknowledge} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly alert: AlertView;
  onAcknowledge(alert: AlertView): void;
}

function Row({ alert, onAcknowledge }: RowProps) {
  const now = useNow(30_000);
  const { title, icon } = ruleWords[alert.rule];
  return (
    <tr>
      <th scope="row" className="nowrap">
        {formatDateTime(alert.since)}
        <span className="worklist-small tabular">{lastedText(alert, now)}</span>
      </th>
      <td className="alert-what">
        <span className="alert-title">
          <Icon name={icon} size={16} /> {title}
          {alert.subject === undefined ? null : <span className="alert-subject">{alert.subject}</span>}
        </span>
        {alert.text} <AlertExamples alert={alert} />
      </td>
      <td className="nowrap">{alert.link}</td>
      <td>
        <StateTag alert={alert} />
      </td>
      <td className="alert-story">
        <Story alert={alert} />
        <AcknowledgeButton alert={alert} onAcknowledge={onAcknowledge} />
      </td>
    </tr>
  );
}

function StateTag({ alert: { until, acknowledged } }: { readonly alert: AlertView }) {
  if (until !== undefined)
    return (
      <Tag tone="good" icon="check">
        Over
      </Tag>
    );
  return acknowledged === undefined ? (
    <Tag tone="bad" icon="alert">
      Open
    </Tag>
  ) : (
    <Tag tone="warn" icon="person">
      Seen to
    </Tag>
  );
}

/** Noticed, acknowledged and over, each with its time. */
function Story({ alert: { openedAt, acknowledged, until } }: { readonly alert: AlertView }) {
  return (
    <ol className="alert-steps">
      <li>
        <span className="tabular">{formatDateTime(openedAt)}</span> noticed
      </li>
      {acknowledged === undefined ? null : (
        <li>
          <span className="tabular">{formatDateTime(acknowledged.at)}</span> {acknowledged.display}:{" "}
          <q>{acknowledged.comment}</q>
        </li>
      )}
      {until === undefined ? null : (
        <li>
          <span className="tabular">{formatDateTime(until)}</span> over
        </li>
      )}
    </ol>
  );
}

function AcknowledgeButton({ alert, onAcknowledge }: RowProps) {
  const mayAcknowledge = usePermission("alerts.acknowledge");
  if (!mayAcknowledge || alert.acknowledged !== undefined || alert.until !== undefined) return null;
  const of = `${ruleWords[alert.rule].title}, ${alert.subject ?? alert.link}`;
  return (
    <Button size="compact-xs" aria-label={`Acknowledge: ${of}`} onClick={() => onAcknowledge(alert)}>
      Acknowledge
    </Button>
  );
}
