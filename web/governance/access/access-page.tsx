import { useState } from "react";
import type { ExplainQuery } from "#access/api";
import "../../parts/table/table.css";
import "../governance.css";
import "./access.css";
import { ExplainForm } from "./explain-form.tsx";
import { Explanation } from "./explanation.tsx";
import { PolicyMatrix } from "./policy-matrix.tsx";

/** Who may see what: one question with its answer and the rule behind it, and the whole table of policies. */
export function AccessPage() {
  const [asked, setAsked] = useState<ExplainQuery>();
  return (
    <div className="page">
      <div className="page-head">
        <h1>Who may see what</h1>
        <p>Answered by the rules that the record itself asks. That you ask is in the log.</p>
      </div>
      <div className="governance-parts">
        <section aria-labelledby="access-ask">
          <h2 id="access-ask">May they, and why?</h2>
          <ExplainForm onAsk={setAsked} />
          {asked === undefined ? null : <Explanation asked={asked} />}
        </section>
        <section aria-labelledby="access-table">
          <h2 id="access-table">What each role may do</h2>
          <PolicyMatrix />
        </section>
      </div>
    </div>
  );
}
