import type { ReactNode } from "react";
import { Icon, type IconName } from "../icon/icon.tsx";
import "./state-panel.css";

interface EmptyPanelProps {
  readonly icon: IconName;
  /** What is not there: `No results yet`. */
  readonly title: string;
  /** What to do about it. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyPanel({ icon, title, children, action }: EmptyPanelProps) {
  return (
    <div className="state-panel">
      <span className="state-panel-icon">
        <Icon name={icon} size={22} />
      </span>
      <p className="state-panel-title">{title}</p>
      <p className="state-panel-text">{children}</p>
      {action === undefined ? null : <div className="state-panel-action">{action}</div>}
    </div>
  );
}
