import { Radio, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { searchTextMin, suggestionsQuery } from "./patient-queries.ts";
import { bornText, nhsNumberText } from "./patient-words.ts";
import "../../parts/worklist/worklist.css";

interface PatientPickerProps {
  readonly label?: string;
  /** It is what the drawer opens for: one types at once. */
  readonly isFirst?: boolean;
  readonly chosen: PatientRow | undefined;
  onChoose(patient: PatientRow | undefined): void;
}

/** Finds a patient by what is typed, to be chosen among those found. */
export function PatientPicker({
  label = "The patient whom it concerns",
  isFirst = false,
  chosen,
  onChoose,
}: PatientPickerProps) {
  const [text, setText] = useState("");
  const asked = useDebounced(text.trim(), 250);
  const { data } = useQuery(suggestionsQuery(asked));
  const found = asked.length < searchTextMin ? [] : (data?.patients ?? []);
  const shown = chosen === undefined || found.some(({ id }) => id === chosen.id) ? found : [chosen, ...found];
  return (
    <div className="worklist-inset">
      <TextInput
        label={label}
        description="Name, date of birth, NHS number or hospital number"
        value={text}
        maxLength={200}
        autoComplete="off"
        {...(isFirst ? { "data-autofocus": true } : {})}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {shown.length === 0 ? null : (
        <Radio.Group
          label="Found"
          value={chosen?.id ?? ""}
          onChange={(id) => onChoose(shown.find((patient) => patient.id === id))}
        >
          {shown.map((patient) => (
            <Radio
              key={patient.id}
              value={patient.id}
              label={patient.name}
              description={`Born ${bornText(patient)} · NHS No. ${nhsNumberText(patient)}`}
            />
          ))}
        </Radio.Group>
      )}
      <p className="quiet" role="status">
        {asked.length >= searchTextMin && data?.patients.length === 0 ? `No patient found for ${data.readAs}.` : ""}
      </p>
    </div>
  );
}
