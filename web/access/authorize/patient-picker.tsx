import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { searchTextMin, suggestionsQuery } from "../../clinical/patients/patient-queries.ts";
import { bornText, nhsNumberText, patientSentence } from "../../clinical/patients/patient-words.ts";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { FormFailure } from "../form-message.tsx";

interface PatientPickerProps {
  readonly patient: PatientRow | undefined;
  onPick(patient: PatientRow | undefined): void;
}

/** Whom the application is started for, where no chart says so. */
export function PatientPicker({ patient, onPick }: PatientPickerProps) {
  if (patient === undefined) return <Finding onPick={onPick} />;
  return (
    <div className="authorize-picked" role="status">
      <span>
        Patient: <strong>{patient.name}</strong>, born {bornText(patient)}, NHS No. {nhsNumberText(patient)}
      </span>
      <Button size="xs" variant="default" onClick={() => onPick(undefined)}>
        Choose another
      </Button>
    </div>
  );
}

function Finding({ onPick }: Pick<PatientPickerProps, "onPick">) {
  const [text, setText] = useState("");
  const asked = useDebounced(text.trim(), 150);
  const query = useQuery(suggestionsQuery(asked));
  const isAsked = asked.length >= searchTextMin;
  const patients = isAsked ? (query.data?.patients ?? []) : [];
  return (
    <div className="authorize-find">
      <TextInput
        label="For which patient?"
        description="Name, NHS number, hospital number or date of birth"
        leftSection={<Icon name="search" size={15} />}
        value={text}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The form around it is sent by its button alone.
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      {isAsked ? <FormFailure error={query.error} /> : null}
      <ul className="authorize-found" aria-label="Patients found">
        {patients.map((found) => (
          <li key={found.id}>
            <button type="button" aria-label={patientSentence(found)} onClick={() => onPick(found)}>
              <strong>{found.name}</strong>
              <span>
                Born {bornText(found)} · NHS No. {nhsNumberText(found)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="outside-advice" role="status">
        {isAsked && query.data !== undefined && patients.length === 0 ? "Nobody found whom you may see." : ""}
      </p>
    </div>
  );
}
