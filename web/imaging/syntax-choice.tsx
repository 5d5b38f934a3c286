import { NativeSelect } from "@mantine/core";

/** How objects may be written on the way. Source: PS3.5 §10, PS3.6 Table A-1. */
export const syntaxes: readonly { readonly value: string; readonly label: string }[] = [
  { value: "", label: "As it is stored" },
  { value: "1.2.840.10008.1.2.1", label: "Uncompressed" },
  { value: "1.2.840.10008.1.2.5", label: "RLE, lossless" },
  { value: "1.2.840.10008.1.2.4.80", label: "JPEG-LS, lossless" },
  { value: "1.2.840.10008.1.2.4.90", label: "JPEG 2000, lossless" },
  { value: "1.2.840.10008.1.2.4.201", label: "High-throughput JPEG 2000, lossless" },
];

interface SyntaxChoiceProps {
  readonly value: string;
  onChange(value: string): void;
}

export function SyntaxChoice({ value, onChange }: SyntaxChoiceProps) {
  const data = syntaxes.some((known) => known.value === value) ? syntaxes : [...syntaxes, { value, label: value }];
  return (
    <NativeSelect
      label="How it is written on the way"
      value={value}
      data={[...data]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
