import { Button, Progress } from "@mantine/core";
import type { ImageExportView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { images } from "../imaging-queries.ts";
import { ImagingTable } from "../imaging-table.tsx";
import { sizeText } from "../imaging-words.ts";
import type { AskedDeed } from "../reason-drawer.tsx";
import { optionWords, refusalWords } from "./option-words.ts";
import { purposeWords } from "./purpose-words.ts";

interface ExportTableProps {
  readonly exports: readonly ImageExportView[];
  onAsk(asked: AskedDeed): void;
}

export function ExportTable({ exports, onAsk }: ExportTableProps) {
  return (
    <ImagingTable
      caption="Exports of images"
      columns={["Asked for", "Studies", "What for", "How far", "What came of it", { hidden: "What to do" }]}
    >
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
    </ImagingTable>
  );
}

function rulesText({ rules, project, options }: ImageExportView): string {
  if (rules === undefined) return "as they are, with names";
  const own = options?.map((name) => optionWords[name] ?? name).join("; ");
  const rest = own === undefined ? "" : `; ${own || "no option of the profile"}`;
  return `de-identified: ${rules}, project ${project ?? ""}${rest}`;
}

function HowFar({ view: { state, objects, objectsTotal, sizeBytes } }: { readonly view: ImageExportView }) {
  if (state === "waiting") return <span className="quiet">waits for those before it</span>;
  if (state === "failed" && objects === 0) return <span className="quiet">nothing was written</span>;
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
  const whys = Object.entries(refusals).map(([code, count]) => `${refusalWords[code] ?? code} (${formatCount(count)})`);
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
          {countOf(left, "object")} left out: {whys.join("; ")}
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
