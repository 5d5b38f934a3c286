import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";

const precisions = [
  { value: "day", label: "day", input: "date", form: /^\d{4}-\d{2}-\d{2}$/ },
  { value: "month", label: "month", input: "month", form: /^\d{4}-\d{2}$/ },
  { value: "year", label: "year", input: "text", form: /^\d{0,4}$/ },
  { value: "written", label: "as written", input: "text", form: /^/ },
] as const;

type Precision = (typeof precisions)[number];

interface DateFieldProps {
  readonly value: string;
  readonly code: string;
  onChange(value: string): void;
}

/** A day, a month or a year; with a time it is written out: `2026-11-22T07:00:00+00:00`. */
export function DateField({ value, code, onChange }: DateFieldProps) {
  const [chosen, setChosen] = useState<Precision>(precisions[0]);
  const precision = value === "" || chosen.form.test(value) ? chosen : shown(value);
  return (
    <div className="condition-parts">
      <TextInput
        className="condition-value"
        aria-label={`Date of ${code}`}
        type={precision.input}
        placeholder={precision.value === "year" ? "2026" : "2026-11-22T07:00:00Z"}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label={`Precision of ${code}`}
        value={precision.value}
        data={precisions.map(({ value: name, label }) => ({ value: name, label }))}
        onChange={(event) => {
          const next = precisions.find((each) => each.value === event.currentTarget.value) ?? precisions[0];
          setChosen(next);
          if (!next.form.test(value)) onChange(shortened(value, next));
        }}
      />
    </div>
  );
}

/** The coarsest way to show what is written. */
function shown(value: string): Precision {
  return precisions.find(({ form }) => form.test(value)) ?? precisions[3];
}

function shortened(value: string, { value: name }: Precision): string {
  const length = { day: 10, month: 7, year: 4, written: value.length }[name];
  return value.length >= length ? value.slice(0, length) : "";
}
