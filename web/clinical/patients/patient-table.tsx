import { Link, useNavigate } from "@tanstack/react-router";
import type { PatientRow } from "#departments/clinical/api";
import { Tag } from "../../parts/tag/tag.tsx";
import { bornText, deceasedText, nhsNumberText, outOfReachText } from "./patient-words.ts";
import "../../parts/table/table.css";
import "./patients.css";

/** Everything that tells two patients apart, side by side. */
export function PatientTable({ patients }: { readonly patients: readonly PatientRow[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks patients-table">
        <caption className="visually-hidden">Patients found</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Born</th>
            <th scope="col">Gender</th>
            <th scope="col">NHS No.</th>
            <th scope="col">Hospital No.</th>
            <th scope="col">Ward</th>
          </tr>
        </thead>
        <tbody>
          {patients.map((patient) => (
            <Row key={patient.id} patient={patient} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ patient }: { readonly patient: PatientRow }) {
  const navigate = useNavigate();
  const open = () => void navigate({ to: "/patients/$id", params: { id: patient.id } });
  return (
    <tr className="table-row-open" onClick={open}>
      <th scope="row">
        <Link to="/patients/$id" params={{ id: patient.id }} className="table-link">
          {patient.name}
        </Link>{" "}
        {patient.deceased === undefined ? null : <Tag tone="plain">{deceasedText(patient.deceased)}</Tag>}{" "}
        {patient.active ? null : <Tag tone="warn">Not in use</Tag>}{" "}
        {patient.isOutOfReach ? (
          <Tag tone="plain" icon="key">
            {outOfReachText}
          </Tag>
        ) : null}
      </th>
      <td className="nowrap">{bornText(patient)}</td>
      <td>{patient.gender.text}</td>
      <td className="nowrap">
        {nhsNumberText(patient)}
        {patient.nhsNumber?.valid === false ? <span className="patients-doubtful"> check digit wrong</span> : null}
      </td>
      <td>{patient.hospitalNumber}</td>
      <td>{patient.ward}</td>
    </tr>
  );
}
