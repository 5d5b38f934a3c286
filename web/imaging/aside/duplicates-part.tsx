import { Button, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ArchivePolicyBody, RejectionCode } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { DuplicateChoice, duplicateWords } from "../duplicate-choice.tsx";
import { policyQuery, useImageDeed } from "../imaging-queries.ts";
import { FormButtons, ImagingDrawer } from "../reason-drawer.tsx";
import { rejectionCodes, rejectionWords } from "../rejection-words.ts";

/** What holds for the whole archive, where a node does not say otherwise. */
export function DuplicatesPart() {
  const { data: policy } = useQuery(policyQuery);
  const [isEditing, setEditing] = useState(false);
  if (policy === undefined) return null;
  const hides = policy.hideFor.length === rejectionCodes.length ? "hide what they name" : hidesText(policy.hideFor);
  return (
    <section className="imaging-card imaging-policy" aria-labelledby="policy">
      <div className="imaging-card-head">
        <h2 id="policy">What the archive does by itself</h2>
        <Button size="compact-xs" variant="default" onClick={() => setEditing(true)}>
          Change…
        </Button>
      </div>
      <p>
        Another image under the UID of one that is there: <strong>{duplicateWords[policy.duplicates]}</strong>.
        Rejection notes {hides}. A node may say otherwise for itself.
      </p>
      {isEditing ? <PolicyDrawer policy={policy} onClose={() => setEditing(false)} /> : null}
    </section>
  );
}

function hidesText(codes: readonly RejectionCode[]): string {
  if (codes.length === 0) return "change nothing";
  return `hide what they name for: ${codes.map((code) => rejectionWords[code].toLowerCase()).join("; ")}`;
}

interface PolicyDrawerProps {
  readonly policy: ArchivePolicyBody;
  onClose(): void;
}

function PolicyDrawer({ policy, onClose }: PolicyDrawerProps) {
  const [draft, setDraft] = useState(policy);
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce("It holds from now on.");
      onClose();
    };
    request.mutate({ method: "PUT", path: "/policy", body: draft }, { onSuccess: finish });
  };
  const toggled = (code: RejectionCode, isOn: boolean) =>
    rejectionCodes.filter((each) => (each === code ? isOn : draft.hideFor.includes(each)));
  return (
    <ImagingDrawer title="What the archive does by itself" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <DuplicateChoice
          value={draft.duplicates}
          onChange={(duplicates) => setDraft({ ...draft, duplicates: duplicates as ArchivePolicyBody["duplicates"] })}
        />
        <fieldset className="imaging-form imaging-flags">
          <legend>Rejection notes hide what they name when they say</legend>
          {rejectionCodes.map((code) => (
            <Checkbox
              key={code}
              label={rejectionWords[code]}
              checked={draft.hideFor.includes(code)}
              onChange={(event) => setDraft({ ...draft, hideFor: toggled(code, event.currentTarget.checked) })}
            />
          ))}
        </fieldset>
        <p className="quiet">It holds for what comes from now on; what is hidden or kept aside already stays so.</p>
        <FormFailure error={request.error} />
        <FormButtons submit="Keep it" isPending={request.isPending} isReady onClose={onClose} />
      </form>
    </ImagingDrawer>
  );
}
