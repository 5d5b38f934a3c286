import { TextInput } from "@mantine/core";
import { useId } from "react";
import { readCode, writeCode } from "./value-text.ts";

/** Systems that people of a hospital name often. */
const knownSystems: readonly (readonly [system: string, name: string])[] = [
  ["http://loinc.org", "LOINC"],
  ["http://snomed.info/sct", "SNOMED CT"],
  ["http://hl7.org/fhir/sid/icd-10", "ICD-10"],
  ["http://unitsofmeasure.org", "UCUM"],
  ["https://fhir.nhs.uk/Id/nhs-number", "NHS number"],
  ["http://dicom.nema.org/resources/ontology/DCM", "DICOM"],
];

interface CodeFieldProps {
  readonly value: string;
  readonly code: string;
  onChange(value: string): void;
}

/** A code or number, and the system it is of; without one, any system. */
export function CodeField({ value, code, onChange }: CodeFieldProps) {
  const listId = useId();
  const parts = readCode(value);
  return (
    <div className="condition-parts">
      <TextInput
        className="condition-value"
        aria-label={`Code of ${code}`}
        placeholder="code or number"
        spellCheck={false}
        value={parts.code}
        onChange={(event) => onChange(writeCode({ ...parts, code: event.currentTarget.value }))}
      />
      <TextInput
        className="condition-value"
        aria-label={`System of ${code}`}
        placeholder="any system"
        spellCheck={false}
        list={listId}
        value={parts.system}
        onChange={(event) => onChange(writeCode({ ...parts, system: event.currentTarget.value }))}
      />
      <datalist id={listId}>
        {knownSystems.map(([system, name]) => (
          <option key={system} value={system} label={name} />
        ))}
      </datalist>
    </div>
  );
}
