import { Button } from "@mantine/core";
import { useState } from "react";
import type { FormField } from "#departments/clinical/api";
import { isJsonObject, type JsonObject } from "#kernel";
import type { SettingsFile } from "./draft.ts";
import type { FormAround } from "./field-props.ts";
import { Fields, GroupProblem } from "./group-field.tsx";

interface SettingsFormProps {
  readonly file: SettingsFile;
  readonly fields: readonly FormField[];
  readonly around: FormAround;
  onChange(settings: JsonObject): void;
  onRemove(): void;
}

/** One link or destination. */
export function SettingsForm({ file, fields, around, onChange, onRemove }: SettingsFormProps) {
  const [isAsked, setAsked] = useState(false);
  const what = file.folder === "links" ? "link" : "destination";
  return (
    <section className="worklist-part edit-form" aria-labelledby="edit-form">
      <div className="edit-form-head">
        <h2 id="edit-form">
          {what === "link" ? "Link" : "Destination"} <span className="fixed-width">{file.name}</span>
        </h2>
        {isAsked ? (
          <span className="edit-item-deeds">
            <Button color="red" size="compact-xs" onClick={onRemove}>
              Take out the {what} {file.name}
            </Button>
            <Button variant="default" size="compact-xs" onClick={() => setAsked(false)}>
              Keep it
            </Button>
          </span>
        ) : (
          <Button variant="default" size="compact-xs" onClick={() => setAsked(true)}>
            Take it out
          </Button>
        )}
      </div>
      <GroupProblem text={around.problems.at("")} />
      <Fields
        fields={fields}
        place=""
        value={file.settings}
        around={around}
        onChange={(value) => {
          if (isJsonObject(value)) onChange(value);
        }}
      />
    </section>
  );
}
