import { SegmentedControl, TextInput } from "@mantine/core";
import { FileChoice } from "./file-choice.tsx";
import type { RunDraft } from "./run-draft.ts";

export interface DraftProps {
  readonly draft: RunDraft;
  onChange(change: Partial<RunDraft>): void;
}

/** What is played: a made-up day, or files. */
export function TrafficFields({ draft, onChange }: DraftProps) {
  return (
    <fieldset className="simulator-group">
      <legend>What is played</legend>
      <SegmentedControl
        aria-label="What is played"
        value={draft.source}
        data={[
          { value: "day", label: "A made-up day" },
          { value: "files", label: "Files" },
        ]}
        onChange={(source) => onChange({ source: source as RunDraft["source"] })}
      />
      {draft.source === "day" ? (
        <DayFields draft={draft} onChange={onChange} />
      ) : (
        <FileChoice
          label="Files with HL7 v2 messages"
          description="In the order of their names; batches and several messages in a file are fine."
          onChoose={(files) => onChange({ files })}
        />
      )}
    </fieldset>
  );
}

function DayFields({ draft, onChange }: DraftProps) {
  return (
    <div className="simulator-fields">
      <TextInput
        label="Date"
        type="date"
        value={draft.date}
        onChange={(event) => onChange({ date: event.currentTarget.value })}
      />
      <TextInput
        label="Patients"
        type="number"
        min={1}
        max={5_000}
        value={draft.patients}
        onChange={(event) => onChange({ patients: event.currentTarget.value })}
      />
      <TextInput
        label="Seed"
        type="number"
        min={0}
        max={999}
        value={draft.seed}
        onChange={(event) => onChange({ seed: event.currentTarget.value })}
      />
      <p className="simulator-note">The same date, patients and seed are the same messages, byte for byte.</p>
    </div>
  );
}
