import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../../parts/table/more-rows.tsx";
import { newestResultsQuery, timelineQuery } from "../chart-queries.ts";
import { AbnormalResults } from "./abnormal-results.tsx";
import "./summary.css";
import { Timeline } from "./timeline.tsx";

const route = getRouteApi("/signed-in/patients/$id");

/** What matters now on one side, what happened on the other. */
export function SummaryTab() {
  const { id } = route.useParams();
  const timeline = useInfiniteQuery(timelineQuery(id));
  const newest = useQuery(newestResultsQuery(id));
  return (
    <div className="summary">
      <section className="summary-side" aria-labelledby="summary-abnormal">
        <h2 id="summary-abnormal">Abnormal in the newest reports</h2>
        <Loaded query={newest} label="Loading abnormal results" rows={4}>
          {(page) => <AbnormalResults patientId={id} panels={page.panels} />}
        </Loaded>
      </section>
      <section className="summary-timeline" aria-labelledby="summary-timeline">
        <h2 id="summary-timeline">Timeline</h2>
        <Loaded query={timeline} label="Loading the timeline" rows={8}>
          {({ pages }) => {
            const entries = pages.flatMap((page) => page.entries);
            if (entries.length === 0)
              return (
                <EmptyPanel icon="clock" title="Nothing recorded yet">
                  Stays, orders, results and documents of this patient appear here as they come.
                </EmptyPanel>
              );
            return (
              <>
                <Timeline patientId={id} entries={entries} />
                <MoreRows query={timeline} label="Show what happened before" />
              </>
            );
          }}
        </Loaded>
      </section>
    </div>
  );
}
