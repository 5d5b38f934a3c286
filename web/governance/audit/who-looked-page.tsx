import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import type { WhoLooked } from "#departments/information/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../../parts/table/table.css";
import "../../parts/worklist/worklist.css";
import { PatientPicker } from "../../clinical/patients/patient-picker.tsx";
import "../governance.css";
import "./audit.css";
import { whoLookedQuery } from "./audit-queries.ts";
import { LookedTable } from "./looked-table.tsx";

/** Who looked at a patient's record, in plain words, to be printed for the patient. */
export function WhoLookedPage() {
  const { patient }: { patient?: string } = useSearch({ strict: false });
  return (
    <div className="page who-looked">
      <div className="page-head">
        <h1>Who looked at this record</h1>
        <p className="who-looked-choose">
          <Link to="/governance/audit" search={patient === undefined ? {} : { patient }}>
            Audit
          </Link>
        </p>
      </div>
      {patient === undefined ? <ChoosePatient /> : <Looked patient={patient} />}
    </div>
  );
}

function ChoosePatient() {
  const [picked, setPicked] = useState<PatientRow>();
  const navigate = useNavigate();
  return (
    <PatientPicker
      chosen={picked}
      onChoose={(patient) => {
        setPicked(patient);
        if (patient !== undefined)
          void navigate({ to: "/governance/who-looked", search: { patient: `Patient/${patient.id}` } });
      }}
    />
  );
}

function Looked({ patient }: { readonly patient: string }) {
  const query = useQuery(whoLookedQuery(patient));
  return (
    <Loaded query={query} label="Reading the log" rows={6}>
      {(looked) => (
        <div className="governance-parts">
          <Whose looked={looked} />
          {looked.people.length === 0 ? (
            <EmptyPanel icon="check-round" title="Nobody looked">
              No person has looked at this record, as far as the log goes back.
            </EmptyPanel>
          ) : (
            <LookedTable title="People" lines={looked.people} />
          )}
          {looked.systems.length > 0 && <LookedTable title="The hospital's own systems" lines={looked.systems} />}
        </div>
      )}
    </Loaded>
  );
}

function Whose({ looked: { patient, patientName, isCut, at } }: { readonly looked: WhoLooked }) {
  return (
    <section aria-label="Whose record" className="who-looked-whose">
      <div>
        <h2>{patientName ?? "A patient whose name is not known here"}</h2>
        <p className="quiet audit-id">{patient}</p>
        <p className="quiet">
          From the audit log as of {formatDateTime(at)}.{" "}
          {isCut && "Older entries are left out here; ask for them if you want them."}
        </p>
      </div>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon name="document" size={15} />}
        className="who-looked-choose"
        onClick={() => window.print()}
      >
        Print
      </Button>
    </section>
  );
}
