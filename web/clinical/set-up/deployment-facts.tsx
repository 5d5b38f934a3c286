import type { DeploymentView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";

interface DeploymentFactsProps {
  readonly deployment: DeploymentView;
  /** `Runs now`; absent for an earlier version. */
  readonly word?: string;
}

/** Which version it is, and who deployed it, when and why. */
export function DeploymentFacts({ deployment, word }: DeploymentFactsProps) {
  const { version, at, by, why, rolledBackTo } = deployment;
  return (
    <div className="set-up-facts">
      <p className="tabular">
        <strong>Version {version}</strong>
        {word === undefined ? null : (
          <Tag tone="good" icon="check">
            {word}
          </Tag>
        )}
        <span>
          deployed by {by.display}, {formatDateTime(at)}
          {rolledBackTo === undefined ? "" : `, going back to version ${rolledBackTo}`}
        </span>
      </p>
      <q>{why}</q>
    </div>
  );
}
