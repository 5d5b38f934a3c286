import { NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { RejectionCode } from "#departments/clinical/api";
import { FormFailure } from "../access/form-message.tsx";
import { announce } from "../parts/announcer/announcement.ts";
import { useImageDeed } from "./imaging-queries.ts";
import { FormButtons, ImagingDrawer, ReasonField } from "./reason-drawer.tsx";
import { rejectionCodes, rejectionWords } from "./rejection-words.ts";

/** Something of a study that may be hidden. */
export interface HidingChoice {
  readonly study: string;
  readonly series?: string;
  readonly instance?: string;
  /** `This series: Axial 5 mm`. */
  readonly label: string;
}

interface HideDrawerProps {
  /** The first is chosen when it opens. */
  readonly choices: readonly HidingChoice[];
  onClose(): void;
  onHidden?(): void;
}

/** Hides images: what of the study, for which reason, and why in the words of who does it. */
export function HideDrawer({ choices, onClose, onHidden }: HideDrawerProps) {
  const [chosen, setChosen] = useState(0);
  const [code, setCode] = useState<RejectionCode>("113001");
  const [reason, setReason] = useState("");
  const request = useImageDeed();
  const choice = choices[chosen];
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (choice === undefined) return;
    const { study, label: _, ...part } = choice;
    const finish = () => {
      announce("It is hidden.");
      onClose();
      onHidden?.();
    };
    const path = `/studies/${encodeURIComponent(study)}/hide`;
    request.mutate({ method: "POST", path, body: { ...part, code, reason: reason.trim() } }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title="Hide images" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <p>
          What is hidden is found and given by nobody any more: not in the viewer, not in the chart, not to other nodes.
          Nothing is lost; it stands under Hidden images, and can be shown again.
        </p>
        <NativeSelect
          label="What"
          value={String(chosen)}
          data={choices.map(({ label }, index) => ({ value: String(index), label }))}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
        <NativeSelect
          label="Reason"
          value={code}
          data={rejectionCodes.map((value) => ({ value, label: rejectionWords[value] }))}
          onChange={(event) => setCode(event.currentTarget.value as RejectionCode)}
        />
        <ReasonField value={reason} onChange={setReason} />
        <FormFailure error={request.error} />
        <FormButtons
          submit="Hide it"
          isPending={request.isPending}
          isReady={choice !== undefined && reason.trim().length > 2}
          isDanger
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}
