import type { UseQueryResult } from "@tanstack/react-query";
import type { FoundPatients, PatientRow } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { bornText, deceasedText, nhsNumberText, outOfReachText, patientSentence } from "../patients/patient-words.ts";

export function optionId(row: number): string {
  return `patient-search-option-${row}`;
}

interface SuggestionsProps {
  readonly shown: boolean;
  readonly query: UseQueryResult<FoundPatients>;
  readonly patients: readonly PatientRow[];
  readonly text: string;
  readonly active: number;
  onPoint(row: number): void;
  onChoose(row: number): void;
}

/** The list under the search; its last row leads to all that were found. Always in the page, so that the field can name it. */
export function Suggestions({ shown, query, patients, text, active, onPoint, onChoose }: SuggestionsProps) {
  return (
    <>
      <div className="patient-search-popup" hidden={!shown}>
        {patients.length === 0 ? <p className="patient-search-note">{spokenState(query, 0)}</p> : null}
        <div id="patient-search-list" role="listbox" aria-label="Patients">
          {patients.map((patient, row) => (
            <Row key={patient.id} {...{ row, active, onPoint, onChoose }} label={patientSentence(patient)}>
              <PatientLines patient={patient} />
            </Row>
          ))}
          <Row {...{ row: patients.length, active, onPoint, onChoose }} label={`All patients for ${text}`}>
            <span className="patient-search-all">
              <Icon name="search" size={15} /> All patients for “{text}”
            </span>
          </Row>
        </div>
      </div>
      <div className="visually-hidden" role="status">
        {shown ? spokenState(query, patients.length) : ""}
      </div>
    </>
  );
}

function spokenState(query: UseQueryResult<FoundPatients>, count: number): string {
  if (query.error !== null) return "The search failed. Try again in a moment.";
  if (query.data === undefined) return "Searching";
  if (count === 0) return `No patient found for ${query.data.readAs}.`;
  const found = count === 1 ? "1 patient" : `${count}${query.data.next === undefined ? "" : " or more"} patients`;
  return [`${found} for ${query.data.readAs}.`, ...query.data.remarks].join(" ");
}

interface RowProps {
  readonly row: number;
  readonly active: number;
  readonly label: string;
  readonly children: React.ReactNode;
  onPoint(row: number): void;
  onChoose(row: number): void;
}

function Row({ row, active, label, children, onPoint, onChoose }: RowProps) {
  return (
    <div
      id={optionId(row)}
      className="patient-search-option"
      role="option"
      tabIndex={-1}
      aria-selected={row === active}
      aria-label={label}
      onMouseMove={() => onPoint(row)}
      // The field would lose the focus, and close the list, before a click arrives.
      onMouseDown={(event) => {
        event.preventDefault();
        if (event.button === 0) onChoose(row);
      }}
    >
      {children}
    </div>
  );
}

function PatientLines({ patient }: { readonly patient: PatientRow }) {
  return (
    <>
      <span className="patient-search-name">{patient.name}</span>
      {patient.deceased === undefined ? null : (
        <span className="patient-search-deceased">{deceasedText(patient.deceased)}</span>
      )}
      <span className="patient-search-facts tabular">
        Born {bornText(patient)} · {patient.gender.text} · NHS No. {nhsNumberText(patient)}
        {patient.ward === undefined ? "" : ` · ${patient.ward}`}
        {patient.isOutOfReach ? ` · ${outOfReachText}` : ""}
      </span>
    </>
  );
}
