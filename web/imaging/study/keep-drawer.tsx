import { NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type StudyMarkName, studyMarks } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useImageDeed } from "../imaging-queries.ts";
import { type AskedDeed, FormButtons, ImagingDrawer, ReasonField } from "../reason-drawer.tsx";

interface KeepDrawerProps {
  readonly study: string;
  onClose(): void;
}

/** Has a study kept whatever the rules of deletion say. */
export function KeepDrawer({ study, onClose }: KeepDrawerProps) {
  const [mark, setMark] = useState<StudyMarkName>("hold");
  const [reason, setReason] = useState("");
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce("The study is kept.");
      onClose();
    };
    const path = `/studies/${encodeURIComponent(study)}/keep`;
    request.mutate({ method: "POST", path, body: { mark, reason: reason.trim() } }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title="Keep it from deletion" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <p>No rule deletes the study as long as this stands. It goes with the patient's whole record all the same.</p>
        <NativeSelect
          label="What for"
          value={mark}
          data={Object.entries(studyMarks).map(([value, label]) => ({ value, label }))}
          onChange={({ currentTarget: { value } }) => setMark(value as StudyMarkName)}
        />
        <ReasonField value={reason} onChange={setReason} />
        <FormFailure error={request.error} />
        <FormButtons
          submit="Keep it"
          isPending={request.isPending}
          isReady={reason.trim().length > 2}
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}

export function lettingGo(study: string): AskedDeed {
  return {
    title: "Leave it to the rules",
    means: "The rules of deletion decide on the study again.",
    submit: "Leave it to the rules",
    done: "The rules decide on it again.",
    asksReason: true,
    deed: (reason) => ({ method: "POST", path: `/studies/${encodeURIComponent(study)}/let-go`, body: { reason } }),
  };
}
