import { useEffect, useRef } from "react";
import type { Panel } from "#departments/clinical/api";
import { ResourceLink } from "../../../explorer/link/resource-link.tsx";
import { Flag } from "../../result/flag.tsx";
import { StatusTag } from "../../result/status-tag.tsx";
import { AttachmentView } from "../documents/attachment-view.tsx";
import { isFresh, useFreshIds } from "../fresh/fresh.tsx";
import { PanelFacts, SourceMessage } from "./panel-facts.tsx";
import { ReportTexts } from "./report-texts.tsx";
import { ResultTable } from "./result-table.tsx";

interface PanelCardProps {
  readonly patientId: string;
  readonly panel: Panel;
  /** The report that the address names: it is brought into sight. */
  readonly opened: boolean;
}

/** One report: its heading, its tests, and what the laboratory wrote. */
export function PanelCard({ panel, opened }: PanelCardProps) {
  const card = useRef<HTMLElement>(null);
  const fresh = isFresh(panel, useFreshIds());
  const headingId = `report-${panel.id}`;
  useEffect(() => {
    if (opened) card.current?.scrollIntoView({ block: "start" });
  }, [opened]);
  return (
    <section ref={card} className="panel" aria-labelledby={headingId} data-fresh={fresh} data-opened={opened}>
      <div className="panel-head">
        <h3 id={headingId}>{panel.name.text}</h3>
        {fresh ? <span className="panel-new">New</span> : null}
        {panel.worst === undefined ? null : <Flag interpretation={panel.worst} />}
        {panel.status.tone === "final" ? null : <StatusTag status={panel.status} />}
        <SourceMessage panel={panel} />
        <ResourceLink type="DiagnosticReport" id={panel.id} of={panel.name.text} />
        <PanelFacts panel={panel} />
      </div>
      {panel.results.length === 0 ? null : <ResultTable caption={panel.name.text} results={panel.results} />}
      <ReportTexts panel={panel} />
      {panel.attachments.map((attachment) => (
        <div className="panel-part" key={attachment.url}>
          <AttachmentView attachment={attachment} />
        </div>
      ))}
    </section>
  );
}
