import { NativeSelect } from "@mantine/core";
import type { FormKind, FormWay } from "#departments/clinical/api";
import { isJsonObject, type Json, type JsonObject } from "#kernel";
import type { FieldProps } from "./field-props.ts";
import { Fields, GroupProblem } from "./group-field.tsx";

type Either = Extract<FormKind, { readonly is: "either" }>;

/** One of several ways, and the fields of that way. */
export function EitherField({ kind, title, help, place, value, around, onChange }: FieldProps<Either>) {
  const { by, ways } = kind;
  const now = value ?? kind.usual;
  const chosen = wayOf(kind, now);
  const choose = (at: number) => {
    const way = ways[at];
    if (way !== undefined) onChange(settingOf(way, { by, before: value }));
  };
  return (
    <fieldset className="edit-group">
      <legend>{title}</legend>
      {help === undefined ? null : <p className="edit-help">{help}</p>}
      <GroupProblem text={around.problems.at(place)} />
      <NativeSelect
        className="edit-choice"
        aria-label={title}
        description={chosen?.help}
        value={String(chosen === undefined ? -1 : ways.indexOf(chosen))}
        data={[
          ...(chosen === undefined ? [{ value: "-1", label: "Choose" }] : []),
          ...ways.map((way, at) => ({ value: String(at), label: way.title })),
        ]}
        error={by === undefined ? undefined : around.problems.at(`${place}.${by}`)}
        onChange={(event) => choose(Number(event.currentTarget.value))}
      />
      {chosen === undefined || chosen.fields.length === 0 ? null : (
        <Fields fields={chosen.fields} place={place} value={now} around={around} onChange={onChange} />
      )}
    </fieldset>
  );
}

function wayOf({ by, ways }: Either, value: Json | undefined): FormWay | undefined {
  if (by !== undefined) return ways.find((way) => isJsonObject(value) && value[by] === way.value);
  return ways.find((way) => (way.value === undefined ? isJsonObject(value) : way.value === value));
}

interface Before {
  readonly by: string | undefined;
  readonly before: Json | undefined;
}

/** What both ways have stays: the port of one is that of the other. */
function settingOf(way: FormWay, { by, before }: Before): Json {
  if (by === undefined) return way.value ?? {};
  const names = new Set(way.fields.map(({ name }) => name));
  const kept = isJsonObject(before) ? Object.entries(before).filter(([name]) => names.has(name)) : [];
  return { [by]: way.value, ...Object.fromEntries(kept) } as JsonObject;
}
