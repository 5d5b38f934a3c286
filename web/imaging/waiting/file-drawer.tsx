import { type FormEvent, useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { PatientPicker } from "../../clinical/patients/patient-picker.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useImageDeed } from "../imaging-queries.ts";
import { dicomDate, dicomName } from "../imaging-words.ts";
import { FormButtons, ImagingDrawer, ReasonField } from "../reason-drawer.tsx";
import type { WaitingDeed } from "./waiting-page.tsx";

interface FileDrawerProps {
  readonly deed: WaitingDeed;
  onClose(): void;
}

/** Files a study under the candidate that was chosen, or under a patient who is searched for. */
export function FileDrawer({ deed: { study, patientId }, onClose }: FileDrawerProps) {
  const [found, setFound] = useState<PatientRow>();
  const [reason, setReason] = useState("");
  const request = useImageDeed();
  const candidate = study.candidates.find(({ id }) => id === patientId);
  const chosen = candidate?.id ?? found?.id;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const path = `/studies/${encodeURIComponent(study.uid)}/file`;
    const finish = () => {
      announce("The study is filed.");
      onClose();
    };
    request.mutate({ method: "POST", path, body: { patientId: chosen, reason: reason.trim() } }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title="File under a patient" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <p>
          The study says: {dicomName(study.name) || "no name"}, born {dicomDate(study.birthDate) || "not said"}, number{" "}
          {study.patientId || "not said"}.
        </p>
        {candidate === undefined ? (
          <PatientPicker label="Patient" isFirst chosen={found} onChoose={setFound} />
        ) : (
          <p>
            It is filed under <strong>{candidate.display}</strong>, born {dicomDate(candidate.birthDate) || "not known"}
            .
          </p>
        )}
        <p className="quiet">
          It stands in that patient’s chart at once. The stored objects stay as they came, and another filing later is
          possible.
        </p>
        <ReasonField value={reason} onChange={setReason} />
        <FormFailure error={request.error} />
        <FormButtons
          submit="File it"
          isPending={request.isPending}
          isReady={chosen !== undefined && reason.trim().length > 2}
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}
