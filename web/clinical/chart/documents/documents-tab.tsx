import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { TimelineEntry } from "#departments/clinical/api";
import { ResourceLink } from "../../../explorer/link/resource-link.tsx";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../../parts/table/more-rows.tsx";
import { StatusTag } from "../../result/status-tag.tsx";
import { timelineQuery } from "../chart-queries.ts";
import { AttachmentView } from "./attachment-view.tsx";
import "./documents.css";

const route = getRouteApi("/signed-in/patients/$id");

/** Letters and other documents of the record, newest first. */
export function DocumentsTab() {
  const { id } = route.useParams();
  const query = useInfiniteQuery(timelineQuery(id, "document"));
  return (
    <>
      <h2 className="documents-head">Documents</h2>
      <Loaded query={query} label="Loading documents">
        {({ pages }) => (
          <>
            <DocumentList patientId={id} documents={pages.flatMap((page) => page.entries)} />
            <MoreRows query={query} label="Show more" />
          </>
        )}
      </Loaded>
    </>
  );
}

interface DocumentListProps {
  readonly patientId: string;
  readonly documents: readonly TimelineEntry[];
}

function DocumentList({ patientId, documents }: DocumentListProps) {
  if (documents.length === 0)
    return (
      <EmptyPanel icon="document" title="No documents">
        Letters and scanned documents appear here. Files that came with a laboratory report are in{" "}
        <Link to="/patients/$id/results" params={{ id: patientId }}>
          Results
        </Link>
        .
      </EmptyPanel>
    );
  return (
    <ul className="documents">
      {documents.map((document) => (
        <li key={document.id} className="documents-item">
          <div className="documents-facts">
            <span className="documents-title">{document.title}</span>
            <StatusTag status={document.status} />
            <ResourceLink type="DocumentReference" id={document.id} of={document.title} />
            <span className="quiet tabular">
              {[document.time === undefined ? undefined : formatDateTime(document.time), document.category?.text]
                .filter((fact) => fact !== undefined)
                .join(" · ")}
            </span>
          </div>
          {document.summary === "" ? null : <p className="documents-summary">{document.summary}</p>}
          {document.open?.is === "attachment" ? <AttachmentView attachment={document.open} /> : null}
        </li>
      ))}
    </ul>
  );
}
