import { Button } from "@mantine/core";
import type { ProblemCategory } from "#kernel";
import { Icon } from "../icon/icon.tsx";
import { RequestFailed } from "../request/request-failed.ts";
import "./state-panel.css";

const titles: Readonly<Record<ProblemCategory, string>> = {
  incorrect: "That could not be read",
  forbidden: "You may not see this",
  "not-found": "Not found",
  conflict: "It has changed meanwhile",
  unsupported: "Not possible here",
  busy: "Corridor is busy",
  unavailable: "Corridor does not answer",
  fault: "Something went wrong",
};

interface FailurePanelProps {
  readonly error: unknown;
  /** Absent where trying again cannot help. */
  readonly onRetry?: () => void;
}

/** Says what failed in plain words; a bug of the page itself gets the sentence of a fault. */
export function FailurePanel({ error, onRetry }: FailurePanelProps) {
  const category = error instanceof RequestFailed ? error.problem.category : "fault";
  const message =
    error instanceof RequestFailed ? error.problem.message : "This page has met a fault. Load it again, or go back.";
  const retry = category === "forbidden" || category === "not-found" ? undefined : onRetry;
  return (
    <div className="state-panel" data-tone="bad" role="alert">
      <span className="state-panel-icon">
        <Icon name={category === "unavailable" ? "offline" : "alert"} size={22} />
      </span>
      <p className="state-panel-title">{titles[category]}</p>
      <p className="state-panel-text">{message}</p>
      {retry === undefined ? null : (
        <div className="state-panel-action">
          <Button variant="default" size="xs" leftSection={<Icon name="refresh" size={15} />} onClick={retry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
