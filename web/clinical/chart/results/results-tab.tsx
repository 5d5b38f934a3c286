import { SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Panel, Result } from "#departments/clinical/api";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../../parts/table/more-rows.tsx";
import { resultsQuery } from "../chart-queries.ts";
import { needsAttention } from "./attention.ts";
import { PanelCard } from "./panel-card.tsx";
import { useReportInReach } from "./report-in-reach.ts";
import { ResultTable } from "./result-table.tsx";
import "./results.css";

const route = getRouteApi("/signed-in/patients/$id");

/** Reports, newest first, each as a table of its tests. */
export function ResultsTab() {
  const { id } = route.useParams();
  const { report } = route.useSearch();
  const [show, setShow] = useState<"all" | "abnormal">("all");
  const query = useInfiniteQuery(resultsQuery(id));
  useReportInReach(query, report);
  return (
    <>
      <div className="chart-head">
        <h2>Results</h2>
        <SegmentedControl
          size="xs"
          aria-label="Which results to show"
          value={show}
          onChange={setShow}
          data={[
            { value: "all", label: "All" },
            { value: "abnormal", label: "Abnormal or not final" },
          ]}
        />
      </div>
      <Loaded query={query} label="Loading results" rows={10}>
        {({ pages }) => (
          <>
            <Panels
              patientId={id}
              panels={pages.flatMap((page) => page.panels)}
              unreported={pages.flatMap((page) => page.unreported)}
              onlyAbnormal={show === "abnormal"}
              opened={report}
            />
            <MoreRows query={query} label="Show older reports" />
          </>
        )}
      </Loaded>
    </>
  );
}

interface PanelsProps {
  readonly patientId: string;
  readonly panels: readonly Panel[];
  readonly unreported: readonly Result[];
  readonly onlyAbnormal: boolean;
  readonly opened: string | undefined;
}

function Panels({ patientId, panels, unreported, onlyAbnormal, opened }: PanelsProps) {
  const shown = onlyAbnormal ? panels.filter(needsAttention) : panels;
  if (shown.length === 0 && (onlyAbnormal || unreported.length === 0))
    return (
      <EmptyPanel icon="flask" title={onlyAbnormal ? "Nothing abnormal among these reports" : "No results yet"}>
        {onlyAbnormal
          ? "Choose All to see every report, or show older reports."
          : "Results appear here by themselves as soon as the laboratory sends them."}
      </EmptyPanel>
    );
  return (
    <div className="results-list">
      {shown.map((panel) => (
        <PanelCard key={panel.id} patientId={patientId} panel={panel} opened={panel.id === opened} />
      ))}
      {unreported.length === 0 || onlyAbnormal ? null : (
        <section className="panel" aria-labelledby="unreported">
          <div className="panel-head">
            <h3 id="unreported">Results without a report</h3>
          </div>
          <ResultTable caption="Results without a report" results={unreported} />
        </section>
      )}
    </div>
  );
}
