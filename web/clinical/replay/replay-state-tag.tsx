import type { ReplayState, ShadowState } from "#departments/clinical/api";
import type { IconName } from "../../parts/icon/icon.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";

const looks: Readonly<Record<ReplayState | ShadowState, { tone: TagTone; icon: IconName }>> = {
  previewing: { tone: "accent", icon: "refresh" },
  previewed: { tone: "warn", icon: "hold" },
  running: { tone: "accent", icon: "refresh" },
  paused: { tone: "warn", icon: "hold" },
  stopped: { tone: "plain", icon: "cross" },
  done: { tone: "good", icon: "check" },
  failed: { tone: "bad", icon: "alert" },
};

interface ReplayStateTagProps {
  readonly state: ReplayState | ShadowState;
  readonly children: string;
}

export function ReplayStateTag({ state, children }: ReplayStateTagProps) {
  const { tone, icon } = looks[state];
  return (
    <Tag tone={tone} icon={icon}>
      {children}
    </Tag>
  );
}
