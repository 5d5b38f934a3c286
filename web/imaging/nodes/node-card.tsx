import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EchoView, NodeView } from "#departments/clinical/api";
import { announce } from "../../parts/announcer/announcement.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { RequestFailed } from "../../parts/request/request-failed.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { echoQuery, useImageDeed } from "../imaging-queries.ts";
import type { AskedDeed } from "../reason-drawer.tsx";

interface NodeCardProps {
  readonly node: NodeView;
  onEdit(): void;
  onAsk(asked: AskedDeed): void;
}

/** One node: where it is, what it may do, whether it answers. */
export function NodeCard({ node, onEdit, onAsk }: NodeCardProps) {
  return (
    <article className="imaging-card" aria-label={node.aeTitle}>
      <div className="imaging-card-head">
        <h3>{node.aeTitle}</h3>
        <span className="quiet">{[node.id, node.description].filter((text) => text !== "").join(" · ")}</span>
        {node.isPaused ? (
          <Tag tone="warn" icon="hold">
            Paused
          </Tag>
        ) : null}
      </div>
      <p>
        {whereText(node)} {rightsText(node)}
      </p>
      <Buttons node={node} onEdit={onEdit} onAsk={onAsk} />
    </article>
  );
}

function whereText({ host, port, tls, addresses, web }: NodeView): string {
  const images = web === undefined ? "" : ` Images are sent to ${web.url}.`;
  const called =
    host === undefined
      ? `${web === undefined ? "Never called." : "Never called by DICOM."}${images}`
      : `Called at ${host}, port ${port}${tls ? ", with TLS" : ""}.${images}`;
  return addresses.length === 0 ? called : `${called} Asks from ${addresses.join(", ")}.`;
}

function rightsText({ mayStore, mayFind, mayRetrieve, mayWorklist, commits }: NodeView): string {
  const rights = [
    mayStore ? "store images" : "",
    mayFind ? "search" : "",
    mayRetrieve ? "fetch images" : "",
    mayWorklist ? "read the worklist" : "",
  ].filter((right) => right !== "");
  const may = rights.length === 0 ? "It may ask for nothing." : `It may ${rights.join(", ")}.`;
  return commits ? `${may} It commits to the storage of what it gets.` : may;
}

function Buttons({ node, onEdit, onAsk }: NodeCardProps) {
  const [isAsked, setAsked] = useState(false);
  const echo = useQuery({ ...echoQuery(node.id), enabled: isAsked });
  const write = useImageDeed();
  const pause = () => {
    const { id, web, ...said } = node;
    const place =
      web === undefined ? {} : { web: { url: web.url, ...(web.user === undefined ? {} : { user: web.user }) } };
    const body = { ...said, ...place };
    const finish = () => announce(node.isPaused ? "The node goes on." : "The node is paused.");
    write.mutate(
      { method: "PUT", path: `/nodes/${id}`, body: { ...body, isPaused: !node.isPaused } },
      { onSuccess: finish },
    );
  };
  return (
    <>
      <div className="imaging-actions">
        {node.host === undefined && node.web === undefined ? null : (
          <Button
            size="xs"
            variant="default"
            loading={echo.isFetching}
            aria-label={`Does it answer? ${node.aeTitle}`}
            onClick={() => (isAsked ? void echo.refetch() : setAsked(true))}
          >
            Does it answer?
          </Button>
        )}
        <Button size="xs" variant="default" aria-label={`Edit ${node.aeTitle}`} onClick={onEdit}>
          Edit…
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={write.isPending}
          aria-label={`${node.isPaused ? "Resume" : "Pause"} ${node.aeTitle}`}
          onClick={pause}
        >
          {node.isPaused ? "Resume" : "Pause"}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          aria-label={`Delete ${node.aeTitle}`}
          onClick={() => onAsk(deleting(node))}
        >
          Delete…
        </Button>
      </div>
      <div role="status">{echo.isFetching ? null : <Answer echo={echo.data} error={echo.error ?? write.error} />}</div>
    </>
  );
}

interface AnswerProps {
  readonly echo: EchoView | undefined;
  readonly error: Error | null;
}

function Answer({ echo, error }: AnswerProps) {
  if (error !== null)
    return <p className="imaging-failed">{error instanceof RequestFailed ? error.problem.message : "That failed."}</p>;
  if (echo === undefined) return null;
  const took = `${formatCount(Math.round(echo.tookMs))} ms`;
  if (!echo.answered)
    return (
      <p className="imaging-failed">
        No answer after {took}: {echo.reason ?? "it does not say why."}
      </p>
    );
  return (
    <Tag tone="good" icon="check">
      Answered in {took}
    </Tag>
  );
}

function deleting({ id, aeTitle }: NodeView): AskedDeed {
  return {
    title: `Delete ${aeTitle}`,
    means:
      "It may ask for nothing any more, and nothing is sent to it. What waits for it goes on waiting until it is cancelled under Sending. What it has sent stays in the archive.",
    submit: "Delete it",
    done: "The node is deleted.",
    isDanger: true,
    asksReason: false,
    deed: () => ({ method: "DELETE", path: `/nodes/${id}` }),
  };
}
