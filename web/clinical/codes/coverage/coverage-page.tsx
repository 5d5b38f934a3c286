import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { CoverageView } from "#departments/clinical/api";
import { now } from "../../../parts/clock/now.ts";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { coverageQuery } from "../code-queries.ts";
import { CodesHead } from "../codes-head.tsx";
import "./coverage.css";
import { daysUntil } from "./coverage-days.ts";
import { SenderCard } from "./sender-card.tsx";

const route = getRouteApi("/signed-in/links/codes/coverage");

const spans = [
  { value: "7", label: "The last 7 days" },
  { value: "30", label: "The last 30 days" },
  { value: "90", label: "The last 90 days" },
];

/** How many results of each sender came with a known code and unit, over time. */
export function CoveragePage() {
  const { days } = route.useSearch();
  const navigate = route.useNavigate();
  const span = spans.find(({ value }) => value === days)?.value ?? "30";
  const shown = daysUntil(now(), Number(span));
  const query = useQuery(coverageQuery(shown[0]));
  return (
    <div className="page">
      <CodesHead note="How many results came with a known code and unit, as they arrived" />
      <search className="worklist-filters" aria-label="Coverage">
        <NativeSelect
          label="Days"
          size="xs"
          value={span}
          data={spans}
          onChange={(event) => void navigate({ to: ".", search: { days: event.currentTarget.value }, replace: true })}
        />
        <p className="coverage-key">
          <span className="coverage-key-coded" aria-hidden="true" /> known code and unit
          <span className="coverage-key-other" aria-hidden="true" /> not known on arrival
        </p>
      </search>
      <Loaded query={query} label="Loading coverage" rows={6}>
        {(coverage) => <Senders coverage={coverage} days={shown} />}
      </Loaded>
    </div>
  );
}

interface SendersProps {
  readonly coverage: CoverageView;
  readonly days: readonly string[];
}

/** The worst first: it is where work helps most. */
function Senders({ coverage, days }: SendersProps) {
  if (coverage.senders.length === 0)
    return (
      <EmptyPanel icon="flask" title="No results in these days">
        Results are counted by sender and day within seconds of their arrival.
      </EmptyPanel>
    );
  const senders = coverage.senders.toSorted((a, b) => a.share - b.share || b.results - a.results);
  return (
    <div className="coverage-list">
      {senders.map((sender) => (
        <SenderCard key={sender.sender} sender={sender} days={days} />
      ))}
    </div>
  );
}
