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
  agreed: "Agreed, being erased",
  done: "Erased",
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
            <Progress disposal={disposal} />
            <Certificate disposal={disposal} />
            <Decision disposal={disposal} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const stops: Readonly<Record<string, string>> = {
  "on-hold": "a hold is in force",
  "record-restricted": "a restriction stands on the record",
  "too-many-documents": "the record has too many documents",
  "record-in-use": "new documents about the patient keep coming",
  "not-deleted": "a document is there again",
};

/** Of one that is under way, and why it does not go on. */
function Progress({ disposal: { state, progress, stopped } }: { readonly disposal: DisposalView }) {
  if (state !== "agreed") return null;
  const gone =
    progress === undefined
      ? "It is being worked out what goes"
      : `${progress.done} of ${progress.total} documents are gone`;
  return (
    <p role="status">
      {gone}.
      {stopped === undefined
        ? null
        : ` Stopped on ${formatDate(stopped.at)}: ${stops[stopped.code] ?? `the problem ${stopped.code}`}. It goes on by itself when nothing stops it.`}
    </p>
  );
}

function Certificate({ disposal: { certificate, decided, heldBack } }: { readonly disposal: DisposalView }) {
  if (certificate === undefined) return null;
  const { number, at, deleted, kept = {}, versions } = certificate;
  return (
    <>
      <p>
        Certificate {number} of {formatDate(at)}, agreed by {decided?.display}
        {versions === undefined ? " (marked as deleted; nothing was erased then)" : ""}: {kindsText(deleted)}
      </p>
      {versions === undefined ? null : <p>{goneText(certificate, heldBack)}</p>}
      {Object.keys(kept).length === 0 ? null : <p>Kept, as others are named in it too: {kindsText(kept)}</p>}
    </>
  );
}

function kindsText(kinds: Readonly<Record<string, number>>): string {
  const counts = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  return counts.length === 0 ? countOf(0, "document") : counts.join(", ");
}

type Certified = NonNullable<DisposalView["certificate"]>;

function goneText({ versions = 0, blobs = 0, studies = 0, images = 0 }: Certified, heldBack = 0): string {
  const parts = [countOf(versions, "version"), countOf(blobs, "file or message", "files and messages")];
  if (studies > 0) parts.push(`${countOf(studies, "study", "studies")} with ${countOf(images, "image")}`);
  const held = heldBack === 0 ? "" : ` ${countOf(heldBack, "delivery", "deliveries")} still on the way held back.`;
  return `Erased for good: ${parts.join(", ")}.${held}`;
}

function Decision({ disposal: { id, state, proposed, patient } }: { readonly disposal: DisposalView }) {
  const me = useMe();
  const [why, setWhy] = useState("");
  const request = useDisposal();
  if (state !== "proposed") return null;
  if (proposed.by === me?.reference) return <p className="quiet">Somebody else decides on what you proposed.</p>;
  const decide = (agree: boolean) => request.mutate({ id, body: { agree, why: why.trim() } });
  const shared = { size: "xs", disabled: why.trim() === "", loading: request.isPending } as const;
  return (
    <div className="governance-deeds">
      <TextInput
        label={`Decision on ${patient}, which is erased for good if you agree: what you checked`}
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
