import { useQuery } from "@tanstack/react-query";
import type { Evidence } from "#departments/information/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { evidenceQuery } from "../governance-queries.ts";

/** What the work itself is evidence of, outcome by outcome. */
export function EvidencePage() {
  const query = useQuery(evidenceQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Evidence</h1>
        <p>
          For the outcomes of the Data Security and Protection Toolkit, counted in the record.{" "}
          <a href="/api/information/evidence.csv" download>
            <Icon name="download" size={15} /> As a table
          </a>
        </p>
      </div>
      <Loaded query={query} label="Counting" rows={8}>
        {({ evidence, at, position }) => (
          <>
            <EvidenceTable evidence={evidence} />
            <p className="quiet">
              As of {formatDateTime(at)}, position {position} in the record.
            </p>
          </>
        )}
      </Loaded>
    </div>
  );
}

function EvidenceTable({ evidence }: { readonly evidence: readonly Evidence[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Outcomes and evidence</caption>
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">What it asks</th>
            <th scope="col">What Corridor can say</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {evidence.map(({ outcome, title, says, share, isMissing }) => (
            <tr key={outcome}>
              <th scope="row">{outcome}</th>
              <td>{title}</td>
              <td>{says}</td>
              <td>{isMissing ? <Tag tone="plain">Not measured</Tag> : <ShareTag share={share ?? 0} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ShareTag({ share }: { readonly share: number }) {
  const isGood = share >= 0.95;
  return (
    <Tag tone={isGood ? "good" : "warn"} icon={isGood ? "check" : "alert"}>
      {Math.round(share * 100)} %
    </Tag>
  );
}
