import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findingOutcomeWords } from "#departments/information/api";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/worklist/worklist.css";
import "../governance.css";
import "../audit/audit.css";
import { findingsQuery } from "../audit/audit-queries.ts";
import { FindingCard } from "./finding-card.tsx";

const choices = [
  { value: "open", label: "To review" },
  ...Object.entries(findingOutcomeWords).map(([value, label]) => ({ value, label })),
];

/** What was unusual about who looked at whose record, to be looked into. */
export function FindingsPage() {
  const [outcome, setOutcome] = useState("open");
  const query = useQuery(findingsQuery(outcome));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Unusual access</h1>
        <p>What the log shows of people who looked at a record that they seldom have a reason to look at.</p>
      </div>
      <div className="worklist-filters">
        <NativeSelect
          label="Show"
          size="xs"
          data={choices}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
      </div>
      <Loaded query={query} label="Reading the queue" rows={4}>
        {({ findings, hasMore }) =>
          findings.length === 0 ? (
            <NoFinding outcome={outcome} />
          ) : (
            <div className="governance-parts">
              {findings.map((finding) => (
                <FindingCard key={finding.id} finding={finding} />
              ))}
              {hasMore && <p className="quiet">There are more; these are the newest.</p>}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function NoFinding({ outcome }: { readonly outcome: string }) {
  return outcome === "open" ? (
    <EmptyPanel icon="check-round" title="Nothing waits for review">
      What is unusual about who looked at whose record appears here within a minute.
    </EmptyPanel>
  ) : (
    <EmptyPanel icon="clock" title="Nothing came to this yet">
      Each finding stays here, with what it came to and who decided.
    </EmptyPanel>
  );
}
