import { TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { KeptStudyView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useImageDeed } from "../imaging-queries.ts";
import { FormButtons, ImagingDrawer, ReasonField } from "../reason-drawer.tsx";

interface EditDrawerProps {
  readonly study: KeptStudyView;
  onClose(): void;
}

/** Keyword, what people call it, and how it is written. */
const fields = [
  ["PatientName", "Name", "Family^Given^Middle^Prefix"],
  ["PatientID", "Patient’s number", ""],
  ["IssuerOfPatientID", "Whose number it is", ""],
  ["PatientBirthDate", "Born", "Year, month, day in digits: 19610312"],
  ["PatientSex", "Sex", "F, M or O"],
  ["AccessionNumber", "Accession number", ""],
  ["StudyDescription", "Description", ""],
] as const;

type Keyword = (typeof fields)[number][0];

function saidBy(study: KeptStudyView): Readonly<Record<Keyword, string>> {
  return {
    PatientName: study.name,
    PatientID: study.patientId,
    IssuerOfPatientID: study.issuer,
    PatientBirthDate: study.birthDate,
    PatientSex: study.sex,
    AccessionNumber: study.accession,
    StudyDescription: study.description,
  };
}

/** Shows a study otherwise than it was received: what was stored stays, and the change is kept with its reason. */
export function EditDrawer({ study, onClose }: EditDrawerProps) {
  const said = saidBy(study);
  const [values, setValues] = useState(said);
  const [reason, setReason] = useState("");
  const request = useImageDeed();
  const changed = fields.filter(([keyword]) => values[keyword].trim() !== said[keyword]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const attributes = Object.fromEntries(changed.map(([keyword]) => [keyword, values[keyword].trim()]));
    const path = `/studies/${encodeURIComponent(study.uid)}/edit`;
    const finish = () => {
      announce("The study says it now.");
      onClose();
    };
    request.mutate({ method: "POST", path, body: { attributes, reason: reason.trim() } }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title="Correct what it says" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <p className="quiet">
          The stored objects never change: what you write here is laid over them wherever the study is shown or sent. It
          is matched again afterwards.
        </p>
        {fields.map(([keyword, label, description]) => (
          <TextInput
            key={keyword}
            label={label}
            {...(description === "" ? {} : { description })}
            value={values[keyword]}
            maxLength={1_024}
            autoComplete="off"
            onChange={(event) => setValues({ ...values, [keyword]: event.currentTarget.value })}
          />
        ))}
        <ReasonField value={reason} onChange={setReason} />
        <FormFailure error={request.error} />
        <FormButtons
          submit="Correct it"
          isPending={request.isPending}
          isReady={changed.length > 0 && reason.trim().length > 2}
          onClose={onClose}
        />
      </form>
    </ImagingDrawer>
  );
}
