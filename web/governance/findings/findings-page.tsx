import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { anomalyRules, type FindingOutcome, type FindingView, findingOutcomeWords } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import { sendJson } from "../../parts/request/request.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../governance.css";
import { findingsKey, findingsQuery } from "../audit/audit-queries.ts";

const choices = [{ value: "open", label: "To review" }, ...outcomeChoices()];

function outcomeChoices() {
  return Object.entries(findingOutcomeWords).map(([value, label]) => ({ value, label }));
}

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
      <NativeSelect
        label="Show"
        data={choices}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
      />
      <Loaded query={query} label="Reading the queue" rows={4}>
        {({ findings, hasMore }) =>
          findings.length === 0 ? (
            <EmptyPanel icon="check-round" title="Nothing here">
              Nothing unusual waits for a review.
            </EmptyPanel>
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

function FindingCard({ finding }: { readonly finding: FindingView }) {
  const { personName, person, patient, day, evidence, weight, outcome, note, reviewer } = finding;
  return (
    <section aria-label={`${personName}, ${day}`} className="finding">
      <h2>
        {personName}, {formatDate(day)} <Tag tone={weight >= 5 ? "warn" : "plain"}>Weight {weight}</Tag>
      </h2>
      <ul>
        {evidence.map(({ rule, value }) => (
          <li key={rule}>
            {anomalyRules[rule].title}
            {value === undefined ? "" : `: ${value}`}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/governance/audit" search={{ person, patient, from: day, to: day }}>
          What they did that day
        </Link>
      </p>
      {outcome === undefined ? (
        <DecisionForm id={finding.id} />
      ) : (
        <p>
          {findingOutcomeWords[outcome]}, says {reviewer?.display}: {note}
        </p>
      )}
    </section>
  );
}

function DecisionForm({ id }: { readonly id: string }) {
  const [outcome, setOutcome] = useState<FindingOutcome>("appropriate");
  const [note, setNote] = useState("");
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: () => sendJson("POST", `/api/information/findings/${id}/decide`, { outcome, note }),
    onSuccess: () => client.invalidateQueries({ queryKey: findingsKey }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate();
      }}
    >
      <NativeSelect
        label="It is"
        data={outcomeChoices()}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value as FindingOutcome)}
      />
      <Textarea
        label="What was found out"
        required
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {decide.isError && <p role="alert">{decide.error.message}</p>}
      <Button type="submit" loading={decide.isPending} disabled={note.trim() === ""}>
        Decide
      </Button>
    </form>
  );
}
