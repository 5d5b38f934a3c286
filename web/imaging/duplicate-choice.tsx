import { NativeSelect } from "@mantine/core";
import type { ArchivePolicyBody } from "#departments/clinical/api";

type Policy = ArchivePolicyBody["duplicates"];

/** What becomes of another object under a UID that is there, and what its sender is told. */
const choices: readonly { readonly value: Policy; readonly label: string }[] = [
  { value: "keep-both", label: "Keep both: show the first, the sender is told" },
  { value: "keep-newest", label: "Keep the newest: show it, the first is kept aside" },
  { value: "keep-first", label: "Keep the first: let the new one go, in silence" },
  { value: "refuse", label: "Refuse: let the new one go, the sender is told" },
];

interface DuplicateChoiceProps {
  /** What leaving it to the whole archive is called; absent where there is no such choice. */
  readonly archive?: string;
  readonly value: string;
  onChange(value: string): void;
}

export function DuplicateChoice({ archive, value, onChange }: DuplicateChoiceProps) {
  return (
    <NativeSelect
      label="Another image under the UID of one that is there"
      value={value}
      data={[...(archive === undefined ? [] : [{ value: "", label: archive }]), ...choices]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
