import { Checkbox, TextInput } from "@mantine/core";
import { FileChoice } from "./file-choice.tsx";
import type { DraftProps } from "./traffic-fields.tsx";

/** What should come out of it, where a destination of what is tested sends it to. */
export function ExpectedFields({ draft, onChange }: DraftProps) {
  return (
    <fieldset className="simulator-group">
      <legend>What should come out</legend>
      <Checkbox
        label="Receive what comes out, and compare it"
        checked={draft.isCompared}
        onChange={(event) => onChange({ isCompared: event.currentTarget.checked })}
      />
      {draft.isCompared ? (
        <>
          <FileChoice
            label="Expected messages"
            description="Each is paired with one that came out, and compared field by field."
            onChoose={(expected) => onChange({ expected })}
          />
          <div className="simulator-fields">
            <TextInput
              label="Port to receive on"
              type="number"
              min={1}
              max={65_535}
              value={draft.port}
              onChange={(event) => onChange({ port: event.currentTarget.value })}
            />
            <TextInput
              label="Not compared"
              description="Places that differ every time"
              value={draft.masks}
              onChange={(event) => onChange({ masks: event.currentTarget.value })}
            />
          </div>
        </>
      ) : null}
    </fieldset>
  );
}
