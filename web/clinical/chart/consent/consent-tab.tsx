import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ConsentStatementView } from "#access/api";
import { FormFailure } from "../../../access/form-message.tsx";
import { formatDateTime } from "../../../parts/format/dates.ts";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { Tag } from "../../../parts/tag/tag.tsx";
import "./consent.css";
import { ConsentForm } from "./consent-form.tsx";
import { consentsQuery, useEnd } from "./consent-queries.ts";

const route = getRouteApi("/signed-in/patients/$id");

/** What the patient said about who may see the record, and a form to record more of it. */
export function ConsentTab() {
  const { id } = route.useParams();
  const query = useQuery(consentsQuery(id));
  return (
    <div className="consent">
      <section aria-labelledby="consent-said">
        <h2 id="consent-said" className="consent-head">
          What the patient said
        </h2>
        <Loaded query={query} label="Loading what the patient said">
          {({ statements }) => <Statements id={id} statements={statements} />}
        </Loaded>
      </section>
      <ConsentForm id={id} />
    </div>
  );
}

interface StatementsProps {
  readonly id: string;
  readonly statements: readonly ConsentStatementView[];
}

function Statements({ id, statements }: StatementsProps) {
  const end = useEnd(id);
  if (statements.length === 0)
    return (
      <EmptyPanel icon="document" title="Nothing is recorded">
        Whoever has a role and a reason to see this record may see it.
      </EmptyPanel>
    );
  return (
    <>
      <FormFailure error={end.error} />
      <ul className="consent-list">
        {statements.map((statement) => (
          <Statement
            key={statement.id}
            statement={statement}
            onEnd={() => end.mutate(statement.id)}
            isBusy={end.isPending}
          />
        ))}
      </ul>
    </>
  );
}

interface StatementProps {
  readonly statement: ConsentStatementView;
  readonly isBusy: boolean;
  onEnd(): void;
}

function Statement({ statement, isBusy, onEnd }: StatementProps) {
  const { status, given, sentences } = statement;
  const counts = status === "active";
  return (
    <li className="consent-item">
      <div>
        {sentences.map((sentence) => (
          <p key={sentence} className="consent-sentence">
            {sentence}
          </p>
        ))}
        <p className="consent-facts">
          <Tag tone={counts ? "accent" : "plain"}>{counts ? "counts" : `no longer counts (${status})`}</Tag>
          {given === undefined ? "date not stated" : `said ${formatDateTime(given)}`}
        </p>
      </div>
      {counts ? (
        <Button
          variant="default"
          size="sm"
          onClick={onEnd}
          disabled={isBusy}
          aria-label={`Take back: ${sentences.join(" ")}`}
        >
          Take back
        </Button>
      ) : null}
    </li>
  );
}
