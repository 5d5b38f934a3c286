import { Button, Progress } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ImageSendView, NodeView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { ImagingTable } from "../imaging-table.tsx";
import type { AskedDeed } from "../reason-drawer.tsx";
import { StudyName } from "./study-name.tsx";

interface SendTableProps {
  readonly sends: readonly ImageSendView[];
  readonly nodes: readonly NodeView[];
  onAsk(asked: AskedDeed): void;
}

/** One row a study and node, with what may be done where it stands. */
export function SendTable({ sends, nodes, onAsk }: SendTableProps) {
  const named = new Map(nodes.map(({ id, aeTitle }) => [id, aeTitle]));
  return (
    <ImagingTable
      caption="Studies and the nodes that they go to"
      columns={["Study", "To", "Why", "How far", "What happened", { hidden: "What to do" }]}
    >
      {sends.map((send) => (
        <tr key={send.id}>
          <th scope="row">
            <Link to="/viewer/studies/$uid" params={{ uid: send.study }} className="table-link">
              <StudyName uid={send.study} />
            </Link>
          </th>
          <td>{named.get(send.node) ?? send.node}</td>
          <td>{send.why}</td>
          <td className="imaging-progress">
            <HowFar send={send} />
          </td>
          <td>
            <Story send={send} />
          </td>
          <td>
            <Deeds send={send} onAsk={onAsk} />
          </td>
        </tr>
      ))}
    </ImagingTable>
  );
}

function HowFar({ send: { sent, failed, total } }: { readonly send: ImageSendView }) {
  if (total === 0) return <span className="quiet">not begun</span>;
  const text = `${formatCount(sent)} of ${countOf(total, "object")}`;
  return (
    <>
      {text}
      <Progress value={(sent / total) * 100} size="sm" aria-label={text} />
      {failed === 0 ? null : <span className="imaging-small">{countOf(failed, "object")} refused</span>}
    </>
  );
}

const commitments: Readonly<Record<ImageSendView["commitment"], string>> = {
  "not-asked": "",
  asked: "Commitment is asked for",
  given: "The node commits to keep it",
  refused: "The node does not commit to keep it",
};

function Story({ send: { state, reason, attempts, nextAt, commitment } }: { readonly send: ImageSendView }) {
  const next = state === "waiting" && attempts > 0 ? `next try ${formatDateTime(nextAt)}` : "";
  const small = [attempts === 0 ? "" : `tried ${countOf(attempts, "time")}`, next, commitments[commitment]];
  return (
    <>
      {state === "parked" ? (
        <Tag tone="bad" icon="alert">
          Given up
        </Tag>
      ) : null}{" "}
      {reason}
      <span className="imaging-small">{small.filter((part) => part !== "").join(" · ")}</span>
    </>
  );
}

interface DeedsProps {
  readonly send: ImageSendView;
  onAsk(asked: AskedDeed): void;
}

function Deeds({ send: { id, state, study, node }, onAsk }: DeedsProps) {
  if (state !== "waiting" && state !== "parked") return null;
  const title = `${study} to ${node}`;
  const retry: AskedDeed = {
    title: "Try again",
    means: "It goes on at once behind what was sent. Where the node refused objects, all of it is sent again.",
    submit: "Try again",
    done: "It is tried again.",
    asksReason: false,
    deed: () => ({ method: "POST", path: `/sends/${id}/retry` }),
  };
  const cancel: AskedDeed = {
    title: "Cancel this send",
    means: "No more of this study is sent to this node. What the node has already, it keeps.",
    submit: "Do not send it",
    done: "It is cancelled.",
    isDanger: true,
    asksReason: false,
    deed: () => ({ method: "POST", path: `/sends/${id}/cancel` }),
  };
  return (
    <span className="imaging-actions">
      <Button size="compact-xs" variant="default" aria-label={`Try again: ${title}`} onClick={() => onAsk(retry)}>
        Try again
      </Button>
      <Button size="compact-xs" variant="default" aria-label={`Cancel: ${title}`} onClick={() => onAsk(cancel)}>
        Cancel
      </Button>
    </span>
  );
}
