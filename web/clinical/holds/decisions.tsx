import { Link } from "@tanstack/react-router";
import type { DecisionView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";

const words: Readonly<Record<DecisionView["action"], string>> = {
  release: "Release",
  confirm: "Confirmation",
  reject: "Rejection",
};

/** Who said what about the message, first to last. */
export function Decisions({ decisions }: { readonly decisions: readonly DecisionView[] }) {
  if (decisions.length === 0) return null;
  return (
    <section className="worklist-part" aria-labelledby="hold-decisions">
      <h2 id="hold-decisions">Decisions so far</h2>
      <ol className="worklist-said">
        {decisions.map((decision) => (
          <li key={`${decision.at} ${decision.action}`}>
            <strong>{words[decision.action]}</strong> by {decision.display},{" "}
            <span className="tabular">{formatDateTime(decision.at)}</span>
            {decision.patient === undefined ? null : <GivenPatient reference={decision.patient} />}
            <q>{decision.comment}</q>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function GivenPatient({ reference }: { readonly reference: string }) {
  return (
    <>
      {" "}
      ·{" "}
      <Link to="/patients/$id" params={{ id: reference.replace(/^Patient\//, "") }}>
        to this patient
      </Link>
    </>
  );
}
