import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Fragment } from "react";
import { actWords, type ProofView, purposeWords } from "#departments/information/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/worklist/worklist.css";
import "../governance.css";
import { type AuditDetail, auditEntryQuery } from "./audit-queries.ts";
import { OutcomeTag, roleWord } from "./audit-table.tsx";

/** One entry of the log, and what proves that it is in it. */
export function AuditEntryPage() {
  const { id = "" } = useParams({ strict: false });
  const query = useQuery(auditEntryQuery(id));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Audit entry {id}</h1>
        <p>
          <Link to="/governance/audit">Audit</Link>
        </p>
      </div>
      <Loaded query={query} label="Reading the entry" rows={6}>
        {(detail) => (
          <div className="governance-parts">
            <EntryFacts {...detail} />
            <ProofPart proof={detail.proof} />
            <details>
              <summary>As FHIR</summary>
              <Lines label="As FHIR">{JSON.stringify(detail.resource, null, 2)}</Lines>
            </details>
          </div>
        )}
      </Loaded>
    </div>
  );
}

function EntryFacts({ row }: AuditDetail) {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["When", formatDateTime(row.at)],
    ["Who", `${row.who} (${row.reference})`],
    ["Roles", row.roles.map(roleWord).join(", ")],
    ["Did", actWords[row.act] ?? row.act],
    ["Why", purposeWords[row.why] ?? row.why],
    ["Reason", row.reason],
    ["Patients", row.patients.join(", ")],
    ["Documents", row.entities.join(", ")],
    ["Asked", row.query],
    ["From", row.address],
  ];
  return (
    <section aria-label="Facts" className="worklist-part">
      <div>
        <OutcomeTag row={row} />
      </div>
      <dl className="governance-fields">
        {facts.map(([name, value]) =>
          value === undefined || value === "" ? null : (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ),
        )}
      </dl>
    </section>
  );
}

function ProofPart({ proof }: { readonly proof: ProofView | undefined }) {
  if (proof === undefined) return <p>No checkpoint speaks of this entry yet. One is signed every few minutes.</p>;
  return (
    <section aria-label="Proof" className="worklist-part">
      <h2>Proof</h2>
      <p>
        This entry is number {proof.sequence} of a log of {proof.size} entries whose checkpoint was signed at{" "}
        {formatDateTime(proof.signedAt)}. {proof.proof.length} hashes lead from it to the root of that checkpoint.
      </p>
      <Lines label="The checkpoint">{proof.checkpoint}</Lines>
      <details>
        <summary>The hashes and the key</summary>
        <Lines label="The hashes and the key">
          {[`before ${proof.previousHash}`, `entry  ${proof.hash}`, ...proof.proof, `key ${proof.key}`].join("\n")}
        </Lines>
      </details>
    </section>
  );
}

/** Text as it is, which scrolls; the keyboard reaches it. */
function Lines({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <ScrollRegion label={label} className="governance-lines fixed-width">
      {children}
    </ScrollRegion>
  );
}
