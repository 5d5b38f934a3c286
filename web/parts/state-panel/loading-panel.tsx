import { Skeleton } from "@mantine/core";
import "./state-panel.css";

interface LoadingPanelProps {
  /** What is being loaded, for screen readers: `Loading results`. */
  readonly label: string;
  readonly rows?: number;
  readonly rowHeight?: number;
}

/** Grey rows in the place of what comes, so that nothing jumps when it does. */
export function LoadingPanel({ label, rows = 6, rowHeight = 34 }: LoadingPanelProps) {
  return (
    <div className="state-panel-skeleton" aria-busy="true">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
        <Skeleton key={row} height={rowHeight} radius="sm" />
      ))}
    </div>
  );
}
