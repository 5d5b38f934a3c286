import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ListField } from "#departments/information/api";

interface FieldInputProps {
  readonly field: ListField;
  readonly value: string;
  onChange(value: string): void;
}

/** One field of an item, drawn from the table of its list. */
export function FieldInput({ field, value, onChange }: FieldInputProps) {
  const { label, hint, takes, choices = [], isNeeded = false } = field;
  const shared = { label, description: hint, withAsterisk: isNeeded, value };
  switch (takes) {
    case "text":
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          maxLength={10_000}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "choice":
    case "yes-no": {
      const data = takes === "choice" ? choices : yesNo;
      return (
        <NativeSelect
          {...shared}
          data={[{ value: "", label: "Choose" }, ...data]}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    }
    case "line":
    case "day":
    case "number":
      return (
        <TextInput
          {...shared}
          type={takes === "day" ? "date" : "text"}
          inputMode={takes === "number" ? "numeric" : "text"}
          maxLength={takes === "line" ? 1_000 : 20}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

const yesNo = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];
