import type { ReactNode } from "react";
import { Icon, type IconName } from "../icon/icon.tsx";
import "./tag.css";

export type TagTone = "plain" | "good" | "warn" | "bad" | "accent" | "critical" | "high" | "low";

interface TagProps {
  readonly tone: TagTone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** A few words about a state, with an icon beside the colour, so that the colour is never alone. */
export function Tag({ tone, icon, children }: TagProps) {
  return (
    <span className="tag" data-tone={tone}>
      {icon === undefined ? null : <Icon name={icon} size={13} />}
      {children}
    </span>
  );
}
