import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { actWords } from "#departments/information/api";
import { PatientPicker } from "../items/patient-picker.tsx";
import type { AuditSearch } from "./audit-queries.ts";

interface AuditFiltersProps {
  readonly search: AuditSearch;
  onChange(search: AuditSearch): void;
}

const outcomes = [
  { value: "", label: "Any outcome" },
  { value: "0", label: "Done" },
  { value: "4", label: "Refused or not found" },
  { value: "8", label: "Failed" },
];

/** What the log is searched by. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const [picked, setPicked] = useState<PatientRow>();
  const set = (name: keyof AuditSearch, value: string) => {
    const { [name]: _, ...rest } = search;
    onChange(value === "" ? rest : { ...rest, [name]: value });
  };
  const acts = [
    { value: "", label: "Anything" },
    ...Object.entries(actWords).map(([value, label]) => ({ value, label })),
  ];
  const field = (name: "from" | "to", label: string) => (
    <TextInput
      type="date"
      label={label}
      value={search[name] ?? ""}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
  return (
    <form className="audit-filters" onSubmit={(event) => event.preventDefault()} aria-label="Search the log">
      {field("from", "From")}
      {field("to", "To")}
      <NativeSelect
        label="Did"
        data={acts}
        value={search.act ?? ""}
        onChange={(event) => set("act", event.currentTarget.value)}
      />
      <NativeSelect
        label="Outcome"
        data={outcomes}
        value={search.outcome ?? ""}
        onChange={(event) => set("outcome", event.currentTarget.value)}
      />
      <PatientPicker
        chosen={picked}
        onChoose={(patient) => {
          setPicked(patient);
          set("patient", patient === undefined ? "" : `Patient/${patient.id}`);
        }}
      />
      {(["patient", "person"] as const).map((name) => {
        const value = search[name];
        return value === undefined ? null : (
          <Button key={name} variant="light" onClick={() => set(name, "")}>
            Only {value}: take away
          </Button>
        );
      })}
      {search.patient !== undefined && (
        <Link to="/governance/who-looked" search={{ patient: search.patient }}>
          Who looked, to print for the patient
        </Link>
      )}
    </form>
  );
}
