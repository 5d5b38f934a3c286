import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { DisposalView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDate } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { useMe } from "../../shell/session/session.ts";
import { useDisposal } from "../governance-queries.ts";

const words = {
  proposed: "Waits for a second person",
  agreed: "Agreed, not finished",
  done: "Disposed of",
  refused: "Refused",
} as const;

/** Disposals with who proposed and who decided, and their certificates. */
export function DisposalList({ disposals }: { readonly disposals: readonly DisposalView[] }) {
  return (
    <section aria-labelledby="disposals">
      <h2 id="disposals">Disposals</h2>
      {disposals.length === 0 ? <p className="quiet">None has been proposed.</p> : null}
      <ul className="worklist-said">
        {disposals.map((disposal) => (
          <li key={disposal.id}>
            <strong>{words[disposal.state]}</strong>: {disposal.patient}, proposed by {disposal.proposed.display} on{" "}
            {formatDate(disposal.proposed.at)}
            {disposal.proposed.why === undefined ? null : <q>{disposal.proposed.why}</q>}
            <Certificate disposal={disposal} />
            <Decision disposal={disposal} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Certificate({ disposal: { certificate, decided } }: { readonly disposal: DisposalView }) {
  if (certificate === undefined) return null;
  const deleted = Object.entries(certificate.deleted).map(([kind, count]) => `${count} ${kind}`);
  return (
    <p>
      Certificate {certificate.number} of {formatDate(certificate.at)}, agreed by {decided?.display}:{" "}
      {deleted.length === 0 ? countOf(0, "document") : deleted.join(", ")}
    </p>
  );
}

function Decision({ disposal: { id, state, proposed, patient } }: { readonly disposal: DisposalView }) {
  const me = useMe();
  const [why, setWhy] = useState("");
  const request = useDisposal();
  if (state !== "proposed" && state !== "agreed") return null;
  if (proposed.by === me?.reference) return <p className="quiet">Somebody else decides on what you proposed.</p>;
  const decide = (agree: boolean) => request.mutate({ id, body: { agree, why: why.trim() } });
  const shared = { size: "xs", disabled: why.trim() === "", loading: request.isPending } as const;
  return (
    <div className="governance-deeds">
      <TextInput
        label={`Decision on ${patient}: what you checked`}
        size="xs"
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <Button {...shared} onClick={() => decide(true)}>
        Agree
      </Button>
      <Button {...shared} variant="default" onClick={() => decide(false)}>
        Refuse
      </Button>
      <FormFailure error={request.error} />
    </div>
  );
}
