import { Radio, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FoundPatients, PatientRow } from "#departments/clinical/api";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { searchTextMin, suggestionsQuery } from "../patients/patient-queries.ts";
import { bornText, nhsNumberText } from "../patients/patient-words.ts";
import type { SentPerson } from "./sent-patient.ts";

interface PatientChoiceProps {
  readonly sent: SentPerson;
  readonly chosen: PatientRow | undefined;
  onChoose(patient: PatientRow | undefined): void;
}

/** Finds the patient a message is about; it starts with the family name and date of birth that were sent. */
export function PatientChoice({ sent, chosen, onChoose }: PatientChoiceProps) {
  const [text, setText] = useState(() => firstQuestion(sent));
  const asked = useDebounced(text.trim(), 250);
  const { data } = useQuery(suggestionsQuery(asked));
  const patients = asked.length < searchTextMin ? [] : (data?.patients ?? []);
  const type = (typed: string) => {
    setText(typed);
    onChoose(undefined);
  };
  return (
    <div className="worklist-inset">
      <TextInput
        label="Find the patient"
        description="Name, date of birth, NHS number or hospital number"
        leftSection={<Icon name="search" size={15} />}
        value={text}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Radio.Group
        aria-label="The patient it is released to"
        value={chosen?.id ?? ""}
        onChange={(id) => onChoose(patients.find((patient) => patient.id === id))}
      >
        <div className="hold-choices">
          {patients.map((patient) => (
            <Radio key={patient.id} value={patient.id} label={patient.name} description={factsOf(patient)} />
          ))}
        </div>
      </Radio.Group>
      <p className="quiet" role="status">
        {foundText(asked, data)}
      </p>
    </div>
  );
}

function firstQuestion({ name, born }: SentPerson): string {
  return [name?.split(",")[0], born].filter((part) => part !== undefined).join(" ");
}

function factsOf(patient: PatientRow): string {
  const ward = patient.ward === undefined ? "" : ` · ${patient.ward}`;
  return `Born ${bornText(patient)} · ${patient.gender.text} · NHS No. ${nhsNumberText(patient)}${ward}`;
}

function foundText(asked: string, found: FoundPatients | undefined): string {
  if (asked.length < searchTextMin || found === undefined) return "";
  if (found.patients.length === 0) return `No patient found for ${found.readAs}.`;
  return found.next === undefined ? "" : "There are more: say more of the patient.";
}
