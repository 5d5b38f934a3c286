import { Button, Progress } from "@mantine/core";
import type { ImageExportView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import "../../parts/table/table.css";
import { Tag } from "../../parts/tag/tag.tsx";
import { images } from "../imaging-queries.ts";
import { sizeText } from "../imaging-words.ts";
import type { AskedDeed } from "../reason-drawer.tsx";
import { purposeWords } from "./purpose-words.ts";

interface ExportTableProps {
  readonly exports: readonly ImageExportView[];
  onAsk(asked: AskedDeed): void;
}

export function ExportTable({ exports, onAsk }: ExportTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks imaging-table">
        <caption className="visually-hidden">Exports of images</caption>
        <thead>
          <tr>
            <th scope="col">Asked for</th>
            <th scope="col">Studies</th>
            <th scope="col">What for</th>
            <th scope="col">How far</th>
            <th scope="col">What came of it</th>
            <th scope="col">
              <span className="visually-hidden">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {exports.map((each) => (
            <tr key={each.id}>
              <th scope="row" className="nowrap">
                {formatDateTime(each.askedAt)}
                <span className="imaging-small">{each.isOwn ? "you" : each.by}</span>
              </th>
              <td>
                {each.what}
                <span className="imaging-small">{rulesText(each)}</span>
              </td>
              <td>{purposeWords[each.purpose] ?? each.purpose}</td>
              <td className="imaging-progress">
                <HowFar view={each} />
              </td>
              <td>
                <Story view={each} />
              </td>
              <td>
                <Deeds view={each} onAsk={onAsk} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rulesText({ rules, project }: ImageExportView): string {
  return rules === undefined ? "as they are, with names" : `de-identified: ${rules}, project ${project ?? ""}`;
}

function HowFar({ view: { state, objects, objectsTotal, sizeBytes } }: { readonly view: ImageExportView }) {
  if (state === "waiting") return <span className="quiet">waits for those before it</span>;
  const text = objectsTotal === 0 ? "begins" : `${formatCount(objects)} of ${countOf(objectsTotal, "object")}`;
  return (
    <>
      {state === "done" ? countOf(objects, "object") : text}
      {state === "running" ? (
        <Progress value={objectsTotal === 0 ? 0 : (objects / objectsTotal) * 100} size="sm" aria-label={text} />
      ) : null}
      {sizeBytes === 0 ? null : <span className="imaging-small">{sizeText(sizeBytes)}</span>}
    </>
  );
}

function Story({ view: { state, problem, refusals, expiresAt } }: { readonly view: ImageExportView }) {
  const left = Object.values(refusals).reduce((sum, count) => sum + count, 0);
  const codes = Object.entries(refusals).map(([code, count]) => `${code} (${formatCount(count)})`);
  return (
    <>
      {state === "failed" ? (
        <Tag tone="bad" icon="alert">
          Failed
        </Tag>
      ) : null}
      {state === "done" ? (
        <Tag tone="good" icon="check-round">
          Done
        </Tag>
      ) : null}{" "}
      {problem?.message}
      {left === 0 ? null : (
        <span className="imaging-small">
          {countOf(left, "object")} left out: {codes.join(", ")}
        </span>
      )}
      {expiresAt === undefined ? null : (
        <span className="imaging-small">is removed on {formatDateTime(expiresAt)}</span>
      )}
    </>
  );
}

interface DeedsProps {
  readonly view: ImageExportView;
  onAsk(asked: AskedDeed): void;
}

function Deeds({ view: { id, state, isOwn, what, fileBytes }, onAsk }: DeedsProps) {
  const isOver = state === "done" || state === "failed";
  const removing: AskedDeed = {
    title: isOver ? "Remove this export" : "Stop this export",
    means: "What was written of it is removed. The images themselves stay as they are.",
    submit: isOver ? "Remove it" : "Stop it",
    done: isOver ? "It is removed." : "It is stopped.",
    isDanger: true,
    asksReason: false,
    deed: () => ({ method: "DELETE", path: `/exports/${id}` }),
  };
  const download = fileBytes === undefined ? "Download" : `Download ${sizeText(fileBytes)}`;
  return (
    <span className="imaging-actions">
      {state === "done" && isOwn ? (
        <Button
          component="a"
          size="compact-xs"
          href={`${images}/exports/${id}/images.zip`}
          download="images.zip"
          aria-label={`${download}: ${what}`}
        >
          {download}
        </Button>
      ) : null}
      <Button
        size="compact-xs"
        variant="default"
        aria-label={`${isOver ? "Remove" : "Stop"} the export of ${what}`}
        onClick={() => onAsk(removing)}
      >
        {isOver ? "Remove…" : "Stop…"}
      </Button>
    </span>
  );
}
