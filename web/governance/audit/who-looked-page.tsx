import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { LookedLine } from "#departments/information/api";
import { formatDate, formatDateTime } from "../../parts/format/dates.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/table/table.css";
import "../governance.css";
import { whoLookedQuery } from "./audit-queries.ts";

/** Who looked at a patient's record, in plain words, to be printed for the patient. */
export function WhoLookedPage() {
  const { patient = "" }: { patient?: string } = useSearch({ strict: false });
  const query = useQuery({ ...whoLookedQuery(patient), enabled: patient !== "" });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Who looked at this record</h1>
        <p>
          {patient} <Button onClick={() => window.print()}>Print</Button>
        </p>
      </div>
      <Loaded query={query} label="Reading the log" rows={6}>
        {({ people, systems, isCut, at }) => (
          <div className="governance-parts">
            {people.length === 0 ? (
              <EmptyPanel icon="check-round" title="Nobody looked">
                No person has looked at this record, as far as the log goes back.
              </EmptyPanel>
            ) : (
              <LookedTable title="People" lines={people} />
            )}
            {systems.length > 0 && <LookedTable title="The hospital's own systems" lines={systems} />}
            <p className="quiet">
              From the audit log as of {formatDateTime(at)}.{" "}
              {isCut && "Older entries are left out here; ask for them if you want them."}
            </p>
          </div>
        )}
      </Loaded>
    </div>
  );
}

function LookedTable({ title, lines }: { readonly title: string; readonly lines: readonly LookedLine[] }) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div className="table-frame">
        <table className="table table-stacks">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Who</th>
              <th scope="col">When</th>
              <th scope="col">What they did</th>
              <th scope="col">What it was</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.day} ${line.who} ${line.why} ${line.first} ${line.did.join()}`}>
                <th scope="row">{formatDate(line.day)}</th>
                <td>
                  {line.who}
                  <div className="quiet">{line.roles.map((role) => role.replaceAll("-", " ")).join(", ")}</div>
                </td>
                <td>{line.first === line.last ? line.first : `${line.first} to ${line.last}`}</td>
                <td>
                  {line.did.join(", ")} ({line.times === 1 ? "once" : `${line.times} times`})
                </td>
                <td>{line.what.join(", ")}</td>
                <td>{line.why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
