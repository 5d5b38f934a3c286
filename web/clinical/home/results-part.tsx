import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ArrivedReport, ResultsOverview } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { bornText } from "../patients/patient-words.ts";
import { Flag } from "../result/flag.tsx";
import { StatusTag } from "../result/status-tag.tsx";
import "../../parts/table/table.css";

interface ResultsPartProps {
  readonly results: ResultsOverview;
  /** Stands below the list, and fetches more of it. */
  readonly more: ReactNode;
}

/** What the laboratories sent in the last day, newest first. */
export function ResultsPart({ results, more }: ResultsPartProps) {
  const [show, setShow] = useState<"all" | "abnormal">("all");
  const shown = show === "all" ? results.arrived : results.arrived.filter((arrived) => arrived.worst !== undefined);
  return (
    <section className="home-part" aria-labelledby="home-results">
      <div className="home-part-head">
        <h2 id="home-results">Newest results</h2>
        <p className="quiet tabular">
          recorded in the last 24 hours · {countOf(results.inpatients, "patient")} in the hospital now
        </p>
        <SegmentedControl
          className="home-part-choice"
          size="xs"
          aria-label="Which results to show"
          value={show}
          onChange={setShow}
          data={[
            { value: "all", label: "All" },
            { value: "abnormal", label: "Abnormal" },
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyPanel icon="flask" title={show === "all" ? "No results in the last 24 hours" : "Nothing abnormal"}>
          New results appear here as the laboratories send them. Older ones are on each patient's chart.
        </EmptyPanel>
      ) : (
        <ReportList reports={shown} />
      )}
      {more}
    </section>
  );
}

/** `2 of 6`; a report without values is a text. */
function countText(abnormal: number, results: number): string {
  if (results === 0) return "text report";
  return abnormal === 0 ? `none of ${results}` : `${abnormal} of ${results}`;
}

function ReportList({ reports }: { readonly reports: readonly ArrivedReport[] }) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Reports recorded in the last 24 hours, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Recorded</th>
            <th scope="col">Patient</th>
            <th scope="col">Ward</th>
            <th scope="col">Report</th>
            <th scope="col">Flags</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((arrived) => (
            <Row key={arrived.report.id} arrived={arrived} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ arrived: { patient, report, worst, abnormal, results } }: { readonly arrived: ArrivedReport }) {
  return (
    <tr>
      <td className="nowrap">{formatDateTime(report.recorded)}</td>
      <th scope="row">
        <Link to="/patients/$id" params={{ id: patient.id }} className="table-link">
          {patient.name}
        </Link>
        <span className="home-born">{bornText(patient)}</span>
      </th>
      <td className="nowrap">{patient.ward}</td>
      <td>
        <Link
          to="/patients/$id/results"
          params={{ id: patient.id }}
          search={{ report: report.id }}
          className="table-link"
        >
          {report.name.text}
        </Link>
      </td>
      <td>
        <span className="home-flags">
          <Flag interpretation={worst} />
          <span className="quiet nowrap">{countText(abnormal, results)}</span>
        </span>
      </td>
      <td>
        <StatusTag status={report.status} />
      </td>
    </tr>
  );
}
