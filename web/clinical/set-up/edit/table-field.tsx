import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import type { FormKind } from "#departments/clinical/api";
import { isJsonObject } from "#kernel";
import { withMember } from "./draft.ts";
import type { FieldProps } from "./field-props.ts";
import { GroupProblem } from "./group-field.tsx";

type Table = Extract<FormKind, { readonly is: "table" }>;

/** A value for each name; a new name is typed below. */
export function TableField({ kind, title, help, place, value, around, onChange }: FieldProps<Table>) {
  const rows = isJsonObject(value) ? Object.entries(value) : [];
  const { Field } = around;
  const [name, setName] = useState("");
  const add = () => {
    if (name.trim() === "") return;
    onChange(withMember(value, name.trim(), kind.value.is === "list" ? [] : ""));
    setName("");
  };
  const addOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  };
  const remove = (key: string) => onChange(rows.length === 1 ? undefined : withMember(value, key, undefined));
  return (
    <fieldset className="edit-group">
      <legend>{title}</legend>
      {help === undefined ? null : <p className="edit-help">{help}</p>}
      <GroupProblem text={around.problems.at(place)} />
      {rows.map(([key, row]) => (
        <div key={key} className="edit-row">
          <Field
            kind={kind.value}
            title={key}
            help={undefined}
            isRequired
            place={`${place}.${key}`}
            value={row}
            around={around}
            onChange={(next) => onChange(withMember(value, key, next ?? (kind.value.is === "list" ? [] : "")))}
          />
          <Button variant="subtle" color="red" size="compact-xs" onClick={() => remove(key)}>
            Remove {key}
          </Button>
        </div>
      ))}
      <div className="edit-row">
        <TextInput
          aria-label={`New name for ${title}`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={addOnEnter}
        />
        <Button variant="default" size="xs" disabled={name.trim() === ""} onClick={add}>
          Add
        </Button>
      </div>
    </fieldset>
  );
}
