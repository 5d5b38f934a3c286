import { Link } from "@tanstack/react-router";
import { type AuditRow, actWords, kindWord, purposeWords } from "#departments/information/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import type { AuditSearch } from "./audit-queries.ts";

interface AuditTableProps {
  readonly rows: readonly AuditRow[];
  onNarrow(more: AuditSearch): void;
}

/** Entries of the log. The name of a person, and that of a patient, narrow the search to them. */
export function AuditTable({ rows, onNarrow }: AuditTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Entries of the audit log, newest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Did</th>
            <th scope="col">Patient</th>
            <th scope="col">Why</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="nowrap">
                <Link to="/governance/audit/$id" params={{ id: row.id }} className="table-link">
                  {formatDateTime(row.at)}
                </Link>
              </th>
              <td>
                <button type="button" className="governance-open" onClick={() => onNarrow({ person: row.reference })}>
                  {row.who}
                </button>
                <span className="worklist-small">{row.roles.map(roleWord).join(", ")}</span>
              </td>
              <td>
                {actWords[row.act] ?? row.act}
                <span className="worklist-small">{whatOf(row)}</span>
              </td>
              <td>
                <PatientCell patients={row.patients} onNarrow={onNarrow} />
              </td>
              <td>{row.reason ?? purposeWords[row.why] ?? row.why}</td>
              <td>
                <OutcomeTag row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Kinds of what it was done to, or of what was searched for. */
function whatOf({ entities, query }: AuditRow): string {
  const asked = entities.length === 0 && query !== undefined ? [query.split("?")[0] ?? ""] : entities;
  return [...new Set(asked.map(kindWord))].slice(0, 3).join(", ");
}

/** `information-governance` as people write it. */
export function roleWord(role: string): string {
  return role.replaceAll("-", " ");
}

function PatientCell({ patients, onNarrow }: Pick<AuditRow, "patients"> & Pick<AuditTableProps, "onNarrow">) {
  const [patient, another] = patients;
  if (patient === undefined) return null;
  if (another !== undefined) return <>{patients.length} patients</>;
  return (
    <button type="button" className="governance-open nowrap" title={patient} onClick={() => onNarrow({ patient })}>
      …{patient.slice(-8)}
    </button>
  );
}

export function OutcomeTag({ row }: { readonly row: Pick<AuditRow, "outcome" | "problem"> }) {
  if (row.outcome === "0") return <Tag tone="plain">Done</Tag>;
  const word = row.outcome === "4" ? "Refused or not found" : "Failed";
  return (
    <>
      <Tag tone="warn" icon="alert">
        {word}
      </Tag>
      <span className="worklist-small">{row.problem}</span>
    </>
  );
}
