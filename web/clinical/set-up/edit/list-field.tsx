import { Button, Checkbox, Textarea } from "@mantine/core";
import { useState } from "react";
import type { FormKind } from "#departments/clinical/api";
import type { Json } from "#kernel";
import { Icon } from "../../../parts/icon/icon.tsx";
import type { FieldProps } from "./field-props.ts";
import { GroupProblem } from "./group-field.tsx";

type List = Extract<FormKind, { readonly is: "list" }>;

/** Destinations are ticked, groups stand one below the other, and anything else is a text, one a line. */
export function ListField(props: FieldProps<List>) {
  const { item } = props.kind;
  if (item.is === "text" && item.of === "destinations") return <Destinations {...props} />;
  return item.is === "group" ? <Groups {...props} /> : <Lines {...props} />;
}

function Destinations({ title, help, place, value, around, onChange }: FieldProps<List>) {
  const chosen = textsOf(value);
  const names = [...new Set([...around.destinations, ...chosen])];
  return (
    <Checkbox.Group
      label={title}
      description={help}
      value={[...chosen]}
      error={around.problems.within(place)}
      onChange={(next) => onChange(names.filter((name) => next.includes(name)))}
    >
      <div className="edit-ticks">
        {names.length === 0 ? <p className="edit-help">There is no destination yet.</p> : null}
        {names.map((name) => (
          <Checkbox key={name} value={name} label={name} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** What is typed stays as it was typed, empty lines too, until the field is left. */
function Lines({ kind, title, help, place, value, around, onChange }: FieldProps<List>) {
  const [text, setText] = useState<string>();
  const isNumber = kind.item.is === "number";
  const change = (typed: string) => {
    setText(typed);
    const lines = typed.split("\n").flatMap((line) => line.trim() || []);
    onChange(lines.length === 0 ? undefined : lines.map((line) => (isNumber ? Number(line) : line)));
  };
  return (
    <Textarea
      label={title}
      description={help}
      autosize
      minRows={1}
      value={text ?? textsOf(value).join("\n")}
      error={around.problems.within(place)}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => setText(undefined)}
    />
  );
}

function Groups({ kind, title, help, place, value, around, onChange }: FieldProps<List>) {
  const items: readonly Json[] = Array.isArray(value) ? value : [];
  const put = (at: number, item: Json | undefined) => onChange(items.with(at, item ?? {}));
  const remove = (at: number) => onChange(items.length === 1 ? undefined : items.toSpliced(at, 1));
  const raise = (at: number) => onChange(items.toSpliced(at, 1).toSpliced(at - 1, 0, items[at] ?? {}));
  const { Field } = around;
  const one = title.replace(/s$/, "");
  return (
    <fieldset className="edit-group">
      <legend>{title}</legend>
      {help === undefined ? null : <p className="edit-help">{help}</p>}
      <GroupProblem text={around.problems.at(place)} />
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is what they are told apart by
        <div key={at} className="edit-item">
          <div className="edit-item-deeds">
            {at === 0 ? null : (
              <Button variant="subtle" size="compact-xs" onClick={() => raise(at)}>
                Before the one above
              </Button>
            )}
            <Button variant="subtle" color="red" size="compact-xs" onClick={() => remove(at)}>
              Remove {one.toLowerCase()} {at + 1}
            </Button>
          </div>
          <Field
            kind={kind.item}
            title={`${one} ${at + 1}`}
            help={undefined}
            isRequired
            place={`${place}[${at}]`}
            value={item}
            around={around}
            onChange={(next) => put(at, next)}
          />
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="plus" size={15} />}
        onClick={() => onChange([...items, place === "routes" ? { to: [] } : {}])}
      >
        Add {one.toLowerCase()}
      </Button>
    </fieldset>
  );
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((each) => String(each)) : [];
}
