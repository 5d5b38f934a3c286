import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DeliveryStateName, DeliveryView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "../../parts/table/table.css";
import type { Deed } from "./delivery-queries.ts";

const looks: Readonly<Record<DeliveryStateName, { word: string; tone: TagTone; icon: IconName }>> = {
  queued: { word: "Waiting", tone: "plain", icon: "clock" },
  delivered: { word: "Delivered", tone: "good", icon: "check" },
  parked: { word: "Parked", tone: "bad", icon: "alert" },
  cancelled: { word: "Skipped", tone: "warn", icon: "cross" },
};

interface DeliveryTableProps {
  readonly deliveries: readonly DeliveryView[];
  onDeed(deed: Deed): void;
}

/** One row a message and destination, with what may be done where it stands. */
export function DeliveryTable({ deliveries, onDeed }: DeliveryTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Deliveries, the last to change first</caption>
        <thead>
          <tr>
            <th scope="col">Queued</th>
            <th scope="col">Destination</th>
            <th scope="col">In order with</th>
            <th scope="col">State</th>
            <th scope="col">What happened</th>
            <th scope="col">
              <span className="visually-hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <Row key={delivery.id} delivery={delivery} onDeed={onDeed} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly delivery: DeliveryView;
  onDeed(deed: Deed): void;
}

function Row({ delivery, onDeed }: RowProps) {
  const look = looks[delivery.state];
  return (
    <tr>
      <th scope="row" className="nowrap">
        <Link to="/links/messages/$id" params={{ id: delivery.message }} className="table-link">
          {formatDateTime(delivery.queuedAt)}
        </Link>
        <span className="delivery-small">
          {delivery.link} · {delivery.controlId}
        </span>
      </th>
      <td>
        {delivery.destination} <span className="delivery-small">{delivery.route}</span>
      </td>
      <td className="delivery-lane">{delivery.lane}</td>
      <td>
        <Tag tone={look.tone} icon={look.icon}>
          {look.word}
        </Tag>
      </td>
      <td className="delivery-story">
        <Story delivery={delivery} />
      </td>
      <td>{delivery.state === "parked" ? <Deeds delivery={delivery} onDeed={onDeed} /> : null}</td>
    </tr>
  );
}

function Story({ delivery }: { readonly delivery: DeliveryView }) {
  const { problem, acknowledgement, comment, attempts, nextTryAt, settledAt } = delivery;
  const tried = attempts === 0 ? undefined : `tried ${countOf(attempts, "time")}`;
  const next = nextTryAt === undefined ? undefined : `next try ${formatDateTime(nextTryAt)}`;
  const settled = settledAt === undefined ? undefined : formatDateTime(settledAt);
  return (
    <>
      {problem === undefined || delivery.state === "delivered" ? null : <span>{problem.message}</span>}
      {acknowledgement === undefined ? null : (
        <details className="delivery-answer">
          <summary>Answered {acknowledgement.code ?? ""}</summary>
          <pre>{acknowledgement.text.replaceAll("\r", "\n").trimEnd()}</pre>
        </details>
      )}
      {comment === undefined ? null : <q>{comment}</q>}
      <span className="delivery-small tabular">
        {[settled, tried, next].filter((part) => part !== undefined).join(" · ")}
      </span>
    </>
  );
}

function Deeds({ delivery, onDeed }: RowProps) {
  const mayManage = usePermission("deliveries.manage");
  if (!mayManage) return null;
  const { id, destination, controlId } = delivery;
  const title = `${controlId} to ${destination}`;
  return (
    <span className="delivery-deeds">
      <Button
        size="compact-xs"
        aria-label={`Try again: ${title}`}
        onClick={() => onDeed({ is: "retry", of: id, title })}
      >
        Try again
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`Skip: ${title}`}
        onClick={() => onDeed({ is: "skip", of: id, title })}
      >
        Skip
      </Button>
    </span>
  );
}
