import { Link } from "@tanstack/react-router";
import type { Panel } from "#departments/clinical/api";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { Icon } from "../../../parts/icon/icon.tsx";
import { usePermission } from "../../../shell/session/session.ts";

/** When, by whom and under which number. */
export function PanelFacts({ panel }: { readonly panel: Panel }) {
  return (
    <div className="panel-facts tabular">
      {facts(panel).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </div>
  );
}

/** The way back to the message that a report came in, for those who may read messages. */
export function SourceMessage({ panel }: { readonly panel: Panel }) {
  const mayReadMessages = usePermission("messages.read");
  const [message] = panel.messages;
  if (!mayReadMessages || message === undefined) return null;
  return (
    <Link to="/links/messages/$id" params={{ id: message }} className="panel-source">
      <Icon name="messages" size={14} /> Source message
    </Link>
  );
}

function facts(panel: Panel): readonly string[] {
  const specimens = panel.specimens.map((specimen) => [specimen.type, specimen.bodySite].filter(Boolean).join(", "));
  return [
    panel.taken === undefined ? "Time taken not stated" : `Taken ${formatDateTime(panel.taken)}`,
    ...(panel.reported === undefined ? [] : [`Reported ${formatDateTime(panel.reported)}`]),
    ...(panel.status.tone === "final" ? [panel.status.text] : []),
    ...(panel.discipline === undefined ? [] : [panel.discipline]),
    ...specimens,
    ...(panel.requester === undefined ? [] : [`Requested by ${panel.requester.text}`]),
    ...(panel.accessionNumber === undefined ? [] : [`Lab No. ${panel.accessionNumber}`]),
    ...(panel.earlierVersions === 0
      ? []
      : [`Changed ${panel.earlierVersions === 1 ? "once" : `${panel.earlierVersions} times`}`]),
  ];
}
