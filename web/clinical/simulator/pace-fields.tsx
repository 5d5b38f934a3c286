import { NativeSelect, TextInput } from "@mantine/core";
import type { RunDraft } from "./run-draft.ts";
import type { DraftProps } from "./traffic-fields.tsx";

const paces = [
  { value: "acknowledged", label: "As fast as acknowledged" },
  { value: "speed", label: "As in the hospital, faster" },
  { value: "rate", label: "Evenly" },
] as const;

/** How fast, and over how many connections. */
export function PaceFields({ draft, onChange }: DraftProps) {
  return (
    <fieldset className="simulator-group">
      <legend>How fast</legend>
      <div className="simulator-fields">
        <NativeSelect
          label="Pace"
          value={draft.pace}
          data={[...paces]}
          onChange={(event) => onChange({ pace: event.currentTarget.value as RunDraft["pace"] })}
        />
        {draft.pace === "speed" ? (
          <TextInput
            label="Times faster"
            type="number"
            min={1}
            max={1_000}
            value={draft.times}
            onChange={(event) => onChange({ times: event.currentTarget.value })}
          />
        ) : null}
        {draft.pace === "rate" ? (
          <TextInput
            label="Messages a second"
            type="number"
            min={1}
            max={10_000}
            value={draft.perSecond}
            onChange={(event) => onChange({ perSecond: event.currentTarget.value })}
          />
        ) : null}
        <TextInput
          label="Connections"
          type="number"
          min={1}
          max={64}
          value={draft.connections}
          onChange={(event) => onChange({ connections: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
