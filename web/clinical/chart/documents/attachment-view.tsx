import { Button } from "@mantine/core";
import { useState } from "react";
import type { Attachment } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { formatBytes } from "../../../parts/format/numbers.ts";
import { Icon } from "../../../parts/icon/icon.tsx";
import "./attachment.css";

/** A file of the record: shown in the page where the browser can, and always to be opened on its own. */
export function AttachmentView({
  attachment,
  shown = false,
}: {
  readonly attachment: Attachment;
  readonly shown?: boolean;
}) {
  const [open, setOpen] = useState(shown);
  const viewer = viewerFor(attachment);
  return (
    <div className="attachment">
      <div className="attachment-head">
        <Icon name="document" size={18} />
        <span className="attachment-title">{attachment.title}</span>
        <span className="quiet">{factsOf(attachment)}</span>
        {viewer === "none" ? null : (
          <Button variant="default" size="compact-xs" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? "Hide" : "Show here"}
          </Button>
        )}
        <a href={attachment.url} target="_blank" rel="noreferrer" className="attachment-open">
          Open <Icon name="external" size={13} label="in a new tab" />
        </a>
      </div>
      {open ? <Viewer attachment={attachment} viewer={viewer} /> : null}
    </div>
  );
}

type ViewerKind = "frame" | "picture" | "none";

/** Only what lies in Corridor itself is shown in the page. */
function viewerFor(attachment: Attachment): ViewerKind {
  if (!attachment.url.startsWith("/")) return "none";
  if (attachment.contentType.startsWith("application/pdf")) return "frame";
  return /^image\/(png|jpeg|gif|webp)/.test(attachment.contentType) ? "picture" : "none";
}

function Viewer({ attachment, viewer }: { readonly attachment: Attachment; readonly viewer: ViewerKind }) {
  switch (viewer) {
    case "frame":
      return <iframe className="attachment-frame" title={attachment.title} src={attachment.url} />;
    case "picture":
      return <img className="attachment-picture" alt={attachment.title} src={attachment.url} />;
    case "none":
      return null;
  }
}

function factsOf(attachment: Attachment): string {
  const kind = attachment.contentType.startsWith("application/pdf") ? "PDF" : attachment.contentType;
  const size = attachment.sizeBytes === undefined ? undefined : formatBytes(attachment.sizeBytes);
  const created = attachment.created === undefined ? undefined : formatDateTime(attachment.created);
  return [kind, size, created].filter((fact) => fact !== undefined).join(" · ");
}
