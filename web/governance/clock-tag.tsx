import type { ClockView } from "#departments/information/api";
import { Tag } from "../parts/tag/tag.tsx";
import { clockWords } from "./governance-words.ts";

export function ClockTag({ clock }: { readonly clock: ClockView }) {
  const { text, tone, icon } = clockWords(clock);
  return (
    <Tag tone={tone} icon={icon}>
      {text}
    </Tag>
  );
}
