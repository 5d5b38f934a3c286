import { NativeSelect, TextInput } from "@mantine/core";
import type { Parameter } from "./parameters.ts";

interface ReferenceFieldProps {
  readonly value: string;
  readonly parameter: Parameter;
  onChange(value: string): void;
}

/** The type and id of a resource; an address of another server is written as it is. */
export function ReferenceField({ value, parameter, onChange }: ReferenceFieldProps) {
  const { code, targets } = parameter;
  const match = /^([A-Z][A-Za-z]+)\/(.*)$/.exec(value);
  const type = match?.[1] ?? "";
  const id = match?.[2] ?? value;
  const write = (newType: string, newId: string) => {
    const written = parseTyped(newId);
    if (written !== undefined || newType === "") return onChange(newId);
    onChange(`${newType}/${newId}`);
  };
  const types = type === "" || targets.includes(type) ? targets : [...targets, type];
  return (
    <div className="condition-parts">
      {types.length === 0 ? null : (
        <NativeSelect
          aria-label={`Type that ${code} refers to`}
          value={type}
          data={[{ value: "", label: "any type" }, ...types]}
          onChange={(event) => write(event.currentTarget.value, id)}
        />
      )}
      <TextInput
        className="condition-value"
        aria-label={`Id that ${code} refers to`}
        placeholder={types.length === 0 ? "Type/id" : "id"}
        spellCheck={false}
        value={id}
        onChange={(event) => write(type, event.currentTarget.value)}
      />
    </div>
  );
}

/** Somebody pasted `Patient/7c1` or a whole address into the id. */
function parseTyped(text: string): string | undefined {
  return /^[A-Z][A-Za-z]+\/|^https?:|^urn:/.test(text) ? text : undefined;
}
