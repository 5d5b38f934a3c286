import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { CodeView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { AnswerForm } from "./answer-form.tsx";
import { codeQuery } from "./code-queries.ts";
import { CodeStateTag } from "./code-table.tsx";
import { fieldWords, senderText } from "./code-words.ts";
import "../../parts/worklist/worklist.css";
import "./codes.css";
import { Examples } from "./examples.tsx";
import { ProposalForm } from "./proposal-form.tsx";
import { SaidSoFar } from "./said-so-far.tsx";

const route = getRouteApi("/signed-in/links/codes/$id");

/** One code of one sender: where it came from, what it may mean, and what people said. */
export function CodePage() {
  const { id } = route.useParams();
  const query = useQuery(codeQuery(id));
  return (
    <div className="page">
      <p className="code-back">
        <Link to="/links/codes">
          <Icon name="chevron-left" size={15} /> Unknown codes
        </Link>
      </p>
      {query.data === undefined ? <h1 className="visually-hidden">Unknown code</h1> : null}
      <Loaded query={query} label="Loading the code" rows={8}>
        {(code) => <OpenCode key={id} code={code} />}
      </Loaded>
    </div>
  );
}

function OpenCode({ code }: { readonly code: CodeView }) {
  const mayPropose = usePermission("codes.propose");
  const mayApprove = usePermission("codes.approve");
  const isProposed = code.state === "proposed";
  return (
    <>
      <CodeHead code={code} />
      <div className="worklist-columns">
        <div className="worklist-column">
          {isProposed ? <SaidSoFar code={code} /> : null}
          {isProposed && mayApprove ? <AnswerForm code={code} /> : null}
          {(code.state === "open" || code.state === "aside") && mayPropose ? <ProposalForm code={code} /> : null}
          {isProposed ? null : <SaidSoFar code={code} />}
        </div>
        <Examples code={code} />
      </div>
    </>
  );
}

function CodeHead({ code }: { readonly code: CodeView }) {
  return (
    <div className="code-head">
      <div className="code-title">
        <h1>
          {code.code}
          {code.text === undefined || code.text === code.code ? null : <span className="code-name"> {code.text}</span>}
        </h1>
        <CodeStateTag state={code.state} />
      </div>
      <p className="worklist-facts tabular">
        {fieldWords[code.field]} ({code.field}) of {senderText(code.sender)} · came {countOf(code.count, "time")}, first{" "}
        {formatDateTime(code.firstSeenAt)}, last {formatDateTime(code.lastSeenAt)}
        {code.units.length === 0 ? "" : ` · in ${code.units.join(", ")}`}
      </p>
    </div>
  );
}
