import type { ItemState } from "#departments/information/api";
import { Tag } from "../../parts/tag/tag.tsx";
import { stateWords } from "../governance-words.ts";

export function ItemStateTag({ state }: { readonly state: ItemState }) {
  const { word, tone, icon } = stateWords[state];
  return (
    <Tag tone={tone} icon={icon}>
      {word}
    </Tag>
  );
}
