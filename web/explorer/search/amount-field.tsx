import { TextInput } from "@mantine/core";
import { readAmount, writeAmount } from "./value-text.ts";

interface AmountFieldProps {
  readonly value: string;
  readonly code: string;
  onChange(value: string): void;
}

/** A number and its unit. With UCUM's system, amounts in other units that mean the same are found too. */
export function AmountField({ value, code, onChange }: AmountFieldProps) {
  const parts = readAmount(value);
  const change = (change: Partial<typeof parts>) => {
    const next = { ...parts, ...change };
    onChange(writeAmount({ ...next, system: next.code === "" ? "" : ucum }));
  };
  return (
    <div className="condition-parts">
      <TextInput
        className="condition-number"
        aria-label={`Number of ${code}`}
        placeholder="5.4"
        inputMode="decimal"
        value={parts.number}
        onChange={(event) => change({ number: event.currentTarget.value })}
      />
      <TextInput
        className="condition-number"
        aria-label={`Unit of ${code}`}
        placeholder="mmol/L"
        spellCheck={false}
        value={parts.code}
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
    </div>
  );
}

const ucum = "http://unitsofmeasure.org";
