import { useQuery } from "@tanstack/react-query";
import type { ExplainQuery, ExplanationStep, ExplanationView } from "#access/api";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { explanationQuery } from "./access-queries.ts";
import { actionWords, ruleTitle, saysWords } from "./access-words.ts";

/** The answer, with every rule that was asked. */
export function Explanation({ asked }: { readonly asked: ExplainQuery }) {
  const query = useQuery(explanationQuery(asked));
  return (
    <div className="access-answer" aria-live="polite">
      <Loaded query={query} label="Asking the rules" rows={4}>
        {(explained) => <Answer explained={explained} />}
      </Loaded>
    </div>
  );
}

function Answer({ explained }: { readonly explained: ExplanationView }) {
  const { allowed, decidedBy, user, action, document, steps } = explained;
  return (
    <>
      <h3>
        <Tag tone={allowed ? "good" : "bad"} icon={allowed ? "check-round" : "cross"}>
          {allowed ? "Allowed" : "Denied"}
        </Tag>{" "}
        {user.display} {allowed ? "may" : "may not"} {actionWords[action]} {document}
      </h3>
      <p className="quiet">
        {user.roles.length === 0 ? "No role" : user.roles.join(", ")}. Decided by: {decidedBy}.
      </p>
      <ul className="access-steps">
        {steps.map((step) => (
          <Step key={step.rule} step={step} isDeciding={step.rule === decidedBy} />
        ))}
      </ul>
    </>
  );
}

const tones: Readonly<Record<ExplanationStep["says"], TagTone>> = { allows: "good", denies: "bad", silent: "plain" };

function Step({ step: { rule, says, reasons }, isDeciding }: { step: ExplanationStep; isDeciding: boolean }) {
  return (
    <li data-deciding={isDeciding}>
      <span className="access-step-head">
        {ruleTitle(rule)} <Tag tone={tones[says]}>{saysWords[says]}</Tag>
      </span>
      {reasons.map(({ text, by }) => (
        <span key={`${text}${by}`} className="access-reason">
          {text} {by === undefined ? null : <code>{by}</code>}
        </span>
      ))}
    </li>
  );
}
