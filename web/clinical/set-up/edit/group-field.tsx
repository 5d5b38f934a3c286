import { Checkbox } from "@mantine/core";
import type { FormField, FormKind } from "#departments/clinical/api";
import { isJsonObject, type Json } from "#kernel";
import { withMember } from "./draft.ts";
import type { FieldProps, FormAround } from "./field-props.ts";

type Group = Extract<FormKind, { readonly is: "group" }>;

interface FieldsProps {
  readonly fields: readonly FormField[];
  readonly place: string;
  readonly value: Json | undefined;
  readonly around: FormAround;
  onChange(value: Json): void;
}

/** The fields of an object, in the order of its settings. */
export function Fields({ fields, place, value, around, onChange }: FieldsProps) {
  const { Field } = around;
  return fields.map(({ name, title, help, isRequired, kind }) => (
    <Field
      key={name}
      kind={kind}
      title={title}
      help={help}
      isRequired={isRequired}
      place={place === "" ? name : `${place}.${name}`}
      value={isJsonObject(value) ? value[name] : undefined}
      around={around}
      onChange={(member) => onChange(withMember(value, name, member))}
    />
  ));
}

/** Groups that begin open are part of every file; the others are there when they are ticked. */
export function GroupField({ kind, title, help, isRequired, place, value, around, onChange }: FieldProps<Group>) {
  const hasUsual = alwaysShown.has(place.split(".").at(-1) ?? "");
  const isThere = isRequired || hasUsual || value !== undefined;
  return (
    <fieldset className="edit-group">
      <legend>{title}</legend>
      {help === undefined ? null : <p className="edit-help">{help}</p>}
      <GroupProblem text={around.problems.at(place)} />
      {isRequired || hasUsual ? null : (
        <Checkbox
          label={
            <>
              Set<span className="visually-hidden">: {title}</span>
            </>
          }
          checked={isThere}
          onChange={(event) => onChange(event.currentTarget.checked ? {} : undefined)}
        />
      )}
      {isThere ? <Fields fields={kind.fields} place={place} value={value} around={around} onChange={onChange} /> : null}
    </fieldset>
  );
}

/** Of these the file need say nothing, and everything in them has a usual value. */
const alwaysShown: ReadonlySet<string> = new Set(["acknowledge", "retry", "when"]);

export function GroupProblem({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <p className="edit-problem">{text}</p>;
}
