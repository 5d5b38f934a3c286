import type { CodeDecisionView, CodeView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { TargetText } from "./target-text.tsx";

/** Who said what it means, who answered, and what that changed. While an answer is asked for, its form says the first. */
export function SaidSoFar({ code }: { readonly code: CodeView }) {
  const { proposal, decision, applied, state } = code;
  if (decision === undefined && (proposal === undefined || state === "open")) return null;
  return (
    <section className="worklist-part" aria-labelledby="code-said">
      <h2 id="code-said">What was said about it</h2>
      <ol className="worklist-said">
        {proposal === undefined ? null : (
          <li>
            <Said word="Proposed" said={proposal} />
            {proposal.target === undefined ? (
              <span className="code-target">There is no other code for it</span>
            ) : (
              <TargetText target={proposal.target} />
            )}
            <q>{proposal.comment}</q>
          </li>
        )}
        {decision === undefined ? null : (
          <li>
            <Said word={state === "open" ? "Refused" : "Approved"} said={decision} />
            <q>{decision.comment}</q>
          </li>
        )}
        {applied === undefined ? null : (
          <li>
            <strong>Put to use</strong>: {countOf(applied.released, "held message")} went on,{" "}
            {countOf(applied.recoded, "recorded result")} got the code.
          </li>
        )}
      </ol>
      {state === "approved" ? (
        <p role="status">Held messages and results that were recorded before are being worked on now.</p>
      ) : null}
    </section>
  );
}

function Said({ word, said }: { readonly word: string; readonly said: CodeDecisionView }) {
  return (
    <p>
      <strong>{word}</strong> by {said.display}, <span className="tabular">{formatDateTime(said.at)}</span>
    </p>
  );
}
