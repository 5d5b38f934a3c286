import { Link } from "@tanstack/react-router";
import type { MessageView, PatientRow } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { bornText, nhsNumberText } from "../patients/patient-words.ts";
import { differences, type SentPerson, sentPerson } from "./sent-patient.ts";
import { useNumbersPatients } from "./use-numbers-patients.ts";

/** The patient as the message has them, and those of the record with its numbers, side by side. */
export function WhosePatient({ message }: { readonly message: MessageView }) {
  const mayFind = usePermission("patients.find");
  const found = useNumbersPatients(message.patient, mayFind);
  const sent = sentPerson(message);
  return (
    <section className="worklist-part" aria-labelledby="hold-patient" aria-busy={found.isPending}>
      <h2 id="hold-patient">Whose it would be</h2>
      <div className="hold-people">
        <Person title="In the message" name={sent.name} facts={sentFacts(sent)} />
        {found.patients.map((patient) => (
          <RecordPerson key={patient.id} sent={sent} patient={patient} />
        ))}
      </div>
      {found.isPending || found.patients.length > 0 ? null : (
        <p className="quiet">{nobodyText(message, { mayFind, failed: found.failed })}</p>
      )}
    </section>
  );
}

function nobodyText(
  message: MessageView,
  { mayFind, failed }: { readonly mayFind: boolean; readonly failed: boolean },
) {
  if (!mayFind) return "Your roles do not let you look for patients.";
  if (failed) return "The record could not be asked for these numbers. Load the page again.";
  const { nhsNumber, hospitalNumbers } = message.patient;
  return nhsNumber === undefined && hospitalNumbers.length === 0
    ? "The message brings no number of its patient."
    : "Nobody in the record has these numbers.";
}

interface Fact {
  readonly term: string;
  readonly text: string;
  readonly differs?: boolean;
}

function sentFacts(sent: SentPerson): readonly Fact[] {
  return [
    { term: "Born", text: sent.born === undefined ? "not stated" : formatDate(sent.born) },
    { term: "Gender", text: sent.gender ?? "not stated" },
    { term: "NHS No.", text: sent.nhsNumber ?? "not stated" },
    { term: "Hospital No.", text: sent.hospitalNumbers.join(", ") || "not stated" },
  ];
}

function RecordPerson({ sent, patient }: { readonly sent: SentPerson; readonly patient: PatientRow }) {
  const other = differences(sent, patient);
  const facts: readonly Fact[] = [
    { term: "Born", text: bornText(patient), differs: other.has("born") },
    { term: "Gender", text: patient.gender.text },
    { term: "NHS No.", text: nhsNumberText(patient), differs: other.has("nhsNumber") },
    { term: "Hospital No.", text: patient.hospitalNumber ?? "not known" },
    ...(patient.ward === undefined ? [] : [{ term: "Ward", text: patient.ward }]),
    ...(patient.deceased === undefined ? [] : [{ term: "Died", text: patient.deceased.text ?? "date not known" }]),
  ];
  return (
    <Person
      title="In the record, with one of its numbers"
      name={patient.name}
      nameDiffers={other.has("name")}
      facts={facts}
    >
      <Link to="/patients/$id" params={{ id: patient.id }}>
        Open the chart
      </Link>
    </Person>
  );
}

interface PersonProps {
  readonly title: string;
  readonly name: string | undefined;
  readonly nameDiffers?: boolean;
  readonly facts: readonly Fact[];
  readonly children?: React.ReactNode;
}

function Person({ title, name, nameDiffers = false, facts, children }: PersonProps) {
  return (
    <div className="hold-person">
      <p className="hold-person-title">{title}</p>
      <p className="hold-person-name" data-differs={nameDiffers}>
        {name ?? "Name not stated"} {nameDiffers ? <Differs /> : null}
      </p>
      <dl className="tabular">
        {facts.map(({ term, text, differs = false }) => (
          <div key={term} data-differs={differs}>
            <dt>{term}</dt>
            <dd>
              {text} {differs ? <Differs /> : null}
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}

function Differs() {
  return (
    <span className="hold-differs">
      <Icon name="alert" size={13} /> differs
    </span>
  );
}
