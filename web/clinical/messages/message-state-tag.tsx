import type { MessageState } from "#departments/clinical/api";
import type { IconName } from "../../parts/icon/icon.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";

export const messageStateLooks: Readonly<Record<MessageState, { word: string; tone: TagTone; icon: IconName }>> = {
  received: { word: "Kept", tone: "plain", icon: "clock" },
  mapped: { word: "Mapped", tone: "good", icon: "check" },
  stale: { word: "Superseded", tone: "plain", icon: "clock" },
  held: { word: "Held", tone: "warn", icon: "hold" },
  rejected: { word: "Rejected", tone: "bad", icon: "cross" },
  routed: { word: "Passed on", tone: "good", icon: "check" },
  filtered: { word: "Filtered", tone: "plain", icon: "check" },
};

export function MessageStateTag({ state }: { readonly state: MessageState }) {
  const look = messageStateLooks[state];
  return (
    <Tag tone={look.tone} icon={look.icon}>
      {look.word}
    </Tag>
  );
}
