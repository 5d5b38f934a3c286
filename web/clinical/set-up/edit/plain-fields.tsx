import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import type { FormKind } from "#departments/clinical/api";
import type { FieldProps } from "./field-props.ts";

type Kind<Is extends FormKind["is"]> = Extract<FormKind, { readonly is: Is }>;

export function TextField({ kind, title, help, isRequired, place, value, around, onChange }: FieldProps<Kind<"text">>) {
  return (
    <TextInput
      label={title}
      description={help}
      withAsterisk={isRequired}
      placeholder={kind.usual}
      value={typeof value === "string" ? value : ""}
      error={around.problems.at(place)}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

/** What is no number goes into the draft as it was typed, and the check says what to give. */
export function NumberField(props: FieldProps<Kind<"number">>) {
  const { kind, title, help, isRequired, place, value, around, onChange } = props;
  const change = (text: string) => {
    if (text === "") onChange(undefined);
    else onChange(/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
  };
  return (
    <TextInput
      className="edit-number"
      label={title}
      description={help}
      withAsterisk={isRequired}
      inputMode="numeric"
      placeholder={kind.usual === undefined ? "" : String(kind.usual)}
      value={typeof value === "number" || typeof value === "string" ? String(value) : ""}
      error={around.problems.at(place)}
      onChange={(event) => change(event.currentTarget.value.trim())}
    />
  );
}

export function YesOrNoField({ kind, title, help, place, value, around, onChange }: FieldProps<Kind<"yes-or-no">>) {
  const usual = kind.usual ?? usually[place] ?? false;
  return (
    <Checkbox
      label={title}
      description={help}
      checked={typeof value === "boolean" ? value : usual}
      error={around.problems.at(place)}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** What is done where the file says nothing, of settings that the schema knows no default of. */
const usually: Readonly<Record<string, boolean>> = { record: true };

export function ChoiceField({ kind, title, help, place, value, around, onChange }: FieldProps<Kind<"choice">>) {
  const { choices, usual } = kind;
  const usualTitle = choices.find((choice) => choice.value === usual)?.title;
  const unsaid = usualTitle === undefined ? "Choose" : `${usualTitle} (usual)`;
  return (
    <NativeSelect
      className="edit-choice"
      label={title}
      description={help}
      value={typeof value === "string" ? value : ""}
      data={[
        { value: "", label: unsaid },
        ...choices.filter((choice) => choice.value !== usual || value === usual).map(labelled),
      ]}
      error={around.problems.at(place)}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

function labelled({ value, title }: Kind<"choice">["choices"][number]) {
  return { value, label: title };
}
