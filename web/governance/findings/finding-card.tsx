import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { anomalyRules, type FindingOutcome, type FindingView, findingOutcomeWords } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { formatDate, formatDateTime } from "../../parts/format/dates.ts";
import { sendJson } from "../../parts/request/request.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { findingsKey } from "../audit/audit-queries.ts";

/** One person who looked at one record on one day, what is unusual about it, and what it came to. */
export function FindingCard({ finding }: { readonly finding: FindingView }) {
  const { personName, person, patient, patientName, day, evidence, weight, outcome } = finding;
  return (
    <section aria-label={`${personName}, ${formatDate(day)}`} className="worklist-part">
      <h2>
        {personName}, {formatDate(day)}{" "}
        <Tag tone={weight >= 5 ? "warn" : "plain"} {...(weight >= 5 ? { icon: "alert" as const } : {})}>
          Weight {weight}
        </Tag>
      </h2>
      <p className="audit-id">
        {patientName === undefined ? null : <strong>{patientName}</strong>} <span className="quiet">{patient}</span>
      </p>
      <ul className="worklist-said">
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
      {outcome === undefined ? <DecisionForm id={finding.id} /> : <Decision finding={finding} outcome={outcome} />}
    </section>
  );
}

function Decision({ finding, outcome }: { readonly finding: FindingView; readonly outcome: FindingOutcome }) {
  const { reviewer, note, decidedAt } = finding;
  return (
    <p>
      <strong>{findingOutcomeWords[outcome]}</strong>: <q>{note}</q>
      <span className="worklist-small">
        {reviewer?.display}
        {decidedAt === undefined ? "" : `, ${formatDateTime(decidedAt)}`}
      </span>
    </p>
  );
}

const choices = [
  { value: "", label: "Choose" },
  ...Object.entries(findingOutcomeWords).map(([value, label]) => ({ value, label })),
];

function DecisionForm({ id }: { readonly id: string }) {
  const [outcome, setOutcome] = useState("");
  const [note, setNote] = useState("");
  const client = useQueryClient();
  const decide = useMutation({
    mutationFn: () => sendJson("POST", `/api/information/findings/${id}/decide`, { outcome, note: note.trim() }),
    onSuccess: () => {
      announce("The review is kept.");
      return client.invalidateQueries({ queryKey: findingsKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate();
  };
  return (
    <form className="worklist-form" onSubmit={submit}>
      <NativeSelect
        label="What it came to"
        size="xs"
        data={choices}
        value={outcome}
        onChange={(event) => setOutcome(event.currentTarget.value)}
      />
      <Textarea
        label="What was found out"
        description="Kept with your name."
        required
        autosize
        minRows={2}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormFailure error={decide.error} />
      <Button type="submit" size="xs" loading={decide.isPending} disabled={outcome === "" || note.trim() === ""}>
        Decide
      </Button>
    </form>
  );
}
