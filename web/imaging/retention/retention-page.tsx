import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../imaging.css";
import { DeletionsPart } from "./deletions-part.tsx";
import { retentionQuery } from "./retention-queries.ts";
import { RetentionRulesPart } from "./rules-part.tsx";
import { RetentionTrialPart } from "./trial-part.tsx";

/** How long studies are kept, what would go by that, and deletions that two people agree on. */
export function ImageRetentionPage() {
  const query = useQuery(retentionQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Deletion by rule</h1>
        <p>How long studies are kept, and what is deleted when their time is over</p>
      </div>
      <Loaded query={query} label="Loading the rules and deletions" rows={6}>
        {({ rules, disposals }) => (
          <div className="imaging-parts">
            <DeletionsPart disposals={disposals} hasRules={rules.some(({ isOn }) => isOn)} />
            <RetentionRulesPart rules={rules} />
            {rules.length === 0 ? null : <RetentionTrialPart />}
          </div>
        )}
      </Loaded>
    </div>
  );
}
