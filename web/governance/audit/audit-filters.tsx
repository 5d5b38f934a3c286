import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { actWords } from "#departments/information/api";
import { PatientPicker } from "../../clinical/patients/patient-picker.tsx";
import { Icon } from "../../parts/icon/icon.tsx";
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
  const [isPicking, setPicking] = useState(false);
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
      size="xs"
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
        size="xs"
        label="Did"
        data={acts}
        value={search.act ?? ""}
        onChange={(event) => set("act", event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        label="Outcome"
        data={outcomes}
        value={search.outcome ?? ""}
        onChange={(event) => set("outcome", event.currentTarget.value)}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="person" size={15} />}
        aria-expanded={isPicking}
        onClick={() => setPicking(!isPicking)}
      >
        Choose a patient
      </Button>
      {isPicking && (
        <PatientPicker
          chosen={picked}
          onChoose={(patient) => {
            setPicked(patient);
            set("patient", patient === undefined ? "" : `Patient/${patient.id}`);
          }}
        />
      )}
      <Narrowed search={search} onAway={(name) => set(name, "")} />
    </form>
  );
}

const narrowings = { patient: "Only the patient", person: "Only the person", entity: "Only the document" } as const;

type Narrowing = keyof typeof narrowings;

interface NarrowedProps {
  readonly search: AuditSearch;
  onAway(name: Narrowing): void;
}

/** What the search is narrowed to by a choice in the list, each to be taken away again. */
function Narrowed({ search, onAway }: NarrowedProps) {
  const names = (Object.keys(narrowings) as Narrowing[]).filter((name) => search[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <div className="audit-narrowed">
      {names.map((name) => (
        <button
          key={name}
          type="button"
          className="worklist-pill"
          aria-label={`Take away: ${narrowings[name]} ${search[name]}`}
          onClick={() => onAway(name)}
        >
          <span className="audit-id">
            {narrowings[name]} {search[name]}
          </span>
          <Icon name="close" size={13} />
        </button>
      ))}
      {search.patient !== undefined && (
        <Link to="/governance/who-looked" search={{ patient: search.patient }}>
          Who looked, to print for the patient
        </Link>
      )}
    </div>
  );
}
