import { NativeSelect, TextInput } from "@mantine/core";
import { AmountField } from "./amount-field.tsx";
import { CodeField } from "./code-field.tsx";
import { DateField } from "./date-field.tsx";
import type { Parameter } from "./parameters.ts";
import { ReferenceField } from "./reference-field.tsx";
import { escapeValue, hasAlternatives, unescapeValue } from "./value-text.ts";

export interface ValueFieldProps {
  readonly parameter: Parameter;
  readonly modifier: string;
  /** Without its prefix, still escaped. */
  readonly value: string;
  onChange(value: string): void;
}

/** The input that fits the parameter; alternatives with commas are written as text. */
export function ValueField(props: ValueFieldProps) {
  const { parameter, modifier, value, onChange } = props;
  if (hasAlternatives(value)) return <AsWritten {...props} placeholder="one, or another" />;
  switch (parameter.type) {
    case "date":
      return <DateField value={value} code={parameter.code} onChange={onChange} />;
    case "number":
      return <AsWritten {...props} placeholder="0.8" isNumber />;
    case "quantity":
      return <AmountField value={value} code={parameter.code} onChange={onChange} />;
    case "reference":
      if (modifier === "identifier") return <CodeField value={value} code={parameter.code} onChange={onChange} />;
      return <ReferenceField value={value} parameter={parameter} onChange={onChange} />;
    case "token":
      return <TokenField {...props} />;
    case "string":
      return (
        <TextInput
          className="condition-value"
          aria-label={`Value of ${parameter.code}`}
          value={unescapeValue(value)}
          onChange={(event) => onChange(escapeValue(event.currentTarget.value))}
        />
      );
    case "composite":
      return <AsWritten {...props} placeholder="the parts, with $ between them" />;
    case "uri":
      return <AsWritten {...props} placeholder="http://…" />;
    case "special":
      return <AsWritten {...props} placeholder={parameter.code === "near" ? "latitude|longitude|10|km" : undefined} />;
  }
}

interface AsWrittenProps extends ValueFieldProps {
  readonly placeholder?: string | undefined;
  readonly isNumber?: boolean;
}

function AsWritten({ parameter, value, onChange, placeholder, isNumber }: AsWrittenProps) {
  return (
    <TextInput
      className="condition-value"
      aria-label={`Value of ${parameter.code}`}
      placeholder={placeholder}
      inputMode={isNumber === true ? "decimal" : "text"}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A code out of a list where the list is closed, otherwise system and code. */
function TokenField(props: ValueFieldProps) {
  const { parameter, modifier, value, onChange } = props;
  const { code, codes } = parameter;
  if (modifier === "text") return <AsWritten {...props} placeholder="words" />;
  if (modifier === "in" || modifier === "not-in") return <AsWritten {...props} placeholder="address of a value set" />;
  if (modifier === "of-type") return <AsWritten {...props} placeholder="system|type|number" />;
  if (code === "_id") return <AsWritten {...props} placeholder="id" />;
  const isListed = codes.length > 0 && (value === "" || codes.includes(value));
  if (!isListed) return <CodeField value={value} code={code} onChange={onChange} />;
  return (
    <NativeSelect
      className="condition-value"
      aria-label={`Value of ${code}`}
      value={value}
      data={[{ value: "", label: "choose …" }, ...codes]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
