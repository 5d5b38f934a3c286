import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { RunForm } from "./run-form.tsx";
import { RunTable } from "./run-table.tsx";
import "./simulator.css";
import { runsQuery, simulatorQuery } from "./simulator-queries.ts";

/** Where the Test Analyst plays traffic against a link, and finds what came of it before. */
export function SimulatorPage() {
  const simulator = useQuery(simulatorQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Simulator</h1>
        <p>Plays messages against a link, times every acknowledgement, and compares what comes out</p>
      </div>
      <div className="simulator">
        <section aria-labelledby="new-run">
          <h2 id="new-run">New run</h2>
          <Loaded query={simulator} label="Loading the addresses" rows={3}>
            {(view) => (view.own.length + view.allowed.length === 0 ? <NoAddress /> : <RunForm simulator={view} />)}
          </Loaded>
        </section>
        <section aria-labelledby="runs">
          <h2 id="runs">Runs</h2>
          <Runs />
        </section>
      </div>
    </div>
  );
}

function NoAddress() {
  return (
    <EmptyPanel icon="links" title="There is nothing to play against">
      No link of this Corridor listens, and the setting CORRIDOR_SIMULATOR_TARGETS allows no other address.
    </EmptyPanel>
  );
}

function Runs() {
  const query = useInfiniteQuery(runsQuery);
  return (
    <Loaded query={query} label="Loading runs" rows={5}>
      {({ pages }) => {
        const runs = pages.flatMap((page) => page.runs);
        if (runs.length === 0)
          return (
            <EmptyPanel icon="order" title="Nothing was played yet">
              A run appears here as soon as it begins, and is kept with its settings and acknowledgements.
            </EmptyPanel>
          );
        return (
          <div className="list">
            <RunTable runs={runs} />
            <MoreRows query={query} label="Show older runs" />
          </div>
        );
      }}
    </Loaded>
  );
}
