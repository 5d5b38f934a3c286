import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { DisposalView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDate } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import { useMe } from "../../shell/session/session.ts";
import { useDisposal } from "../governance-queries.ts";

interface StateWords {
  readonly text: string;
  readonly tone: TagTone;
  readonly icon: IconName;
}

const words: Readonly<Record<DisposalView["state"], StateWords>> = {
  proposed: { text: "Waits for a second person", tone: "warn", icon: "clock" },
  agreed: { text: "Agreed, being erased", tone: "accent", icon: "clock" },
  done: { text: "Erased", tone: "good", icon: "check" },
  refused: { text: "Refused", tone: "plain", icon: "close" },
};

interface DisposalListProps {
  readonly disposals: readonly DisposalView[];
  /** By `Patient/7c…`; what was erased has none. */
  readonly names: ReadonlyMap<string, string>;
}

/** Disposals with who proposed and who decided, and their certificates. */
export function DisposalList({ disposals, names }: DisposalListProps) {
  return (
    <section aria-labelledby="disposals">
      <h2 id="disposals">Disposals</h2>
      {disposals.length === 0 ? <p className="quiet">None has been proposed.</p> : null}
      <ul className="governance-disposals">
        {disposals.map((disposal) => (
          <li key={disposal.id}>
            <Tag tone={words[disposal.state].tone} icon={words[disposal.state].icon}>
              {words[disposal.state].text}
            </Tag>
            <p>
              <strong>{names.get(disposal.patient) ?? disposal.patient}</strong>, proposed by{" "}
              {disposal.proposed.display} on {formatDate(disposal.proposed.at)}
            </p>
            {disposal.proposed.why === undefined ? null : <q>{disposal.proposed.why}</q>}
            <Progress disposal={disposal} />
            <Certificate disposal={disposal} />
            <Decision disposal={disposal} name={names.get(disposal.patient) ?? disposal.patient} />
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
      : `${formatCount(progress.done)} of ${countOf(progress.total, "document")} are gone`;
  return (
    <p role="status">
      {progress === undefined ? null : <progress aria-label="Gone" value={progress.done} max={progress.total || 1} />}
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
  const counts = Object.entries(kinds).map(([kind, count]) => `${formatCount(count)} ${kind}`);
  return counts.length === 0 ? countOf(0, "document") : counts.join(", ");
}

type Certified = NonNullable<DisposalView["certificate"]>;

function goneText({ versions = 0, blobs = 0, studies = 0, images = 0 }: Certified, heldBack = 0): string {
  const parts = [countOf(versions, "version"), countOf(blobs, "file or message", "files and messages")];
  if (studies > 0) parts.push(`${countOf(studies, "study", "studies")} with ${countOf(images, "image")}`);
  const held = heldBack === 0 ? "" : ` ${countOf(heldBack, "delivery", "deliveries")} still on the way held back.`;
  return `Erased for good: ${parts.join(", ")}.${held}`;
}

interface DecisionProps {
  readonly disposal: DisposalView;
  readonly name: string;
}

function Decision({ disposal: { id, state, proposed }, name }: DecisionProps) {
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
        label={`Decision on the record of ${name}, which is erased for good if you agree: what you checked`}
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
