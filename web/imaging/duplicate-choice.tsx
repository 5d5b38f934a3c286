import { NativeSelect } from "@mantine/core";
import type { ArchivePolicyBody } from "#departments/clinical/api";

/** What becomes of another object under a UID that is there, and what its sender is told. */
export const duplicateWords: Readonly<Record<ArchivePolicyBody["duplicates"], string>> = {
  "keep-both": "keep both: the first is shown, the sender is told of the conflict",
  "keep-newest": "keep the newest: it is shown, and the first kept aside",
  "keep-first": "keep the first: the new one is let go, in silence",
  refuse: "refuse: the new one is let go, and the sender told",
};

const choices = Object.entries(duplicateWords).map(([value, words]) => ({
  value,
  label: `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
}));

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
