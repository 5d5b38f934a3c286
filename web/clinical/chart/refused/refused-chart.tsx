import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PatientIdentity } from "#departments/clinical/api";
import { Icon } from "../../../parts/icon/icon.tsx";
import { FailurePanel } from "../../../parts/state-panel/failure-panel.tsx";
import { LoadingPanel } from "../../../parts/state-panel/loading-panel.tsx";
import { bornText, nhsNumberText } from "../../patients/patient-words.ts";
import { OpenForm } from "./open-form.tsx";
import { identityQuery } from "./refused-queries.ts";
import "./refused-chart.css";

interface RefusedChartProps {
  readonly id: string;
  /** Why the chart was not shown: told where nobody is known under the id. */
  readonly error: unknown;
}

/** A chart that its reader may not open: who the patient is, and the two ways in, each with a reason. */
export function RefusedChart({ id, error }: RefusedChartProps) {
  const identity = useQuery(identityQuery(id));
  if (identity.data !== undefined) return <Refused identity={identity.data} />;
  if (identity.error !== null) return <FailurePanel error={error} />;
  return <LoadingPanel label="Looking who this is" rows={4} />;
}

function Refused({ identity: { patient, isSealed } }: { readonly identity: PatientIdentity }) {
  const [way, setWay] = useState<"claim" | "glass">();
  return (
    <section className="refused-chart" aria-labelledby="refused-chart-title">
      <span className="refused-chart-icon">
        <Icon name="key" size={26} />
      </span>
      <h1 id="refused-chart-title">{patient.name}</h1>
      <p className="refused-chart-who tabular">
        {[bornText(patient), patient.gender.text, nhsNumberText(patient), patient.hospitalNumber]
          .filter((part) => part !== undefined && part !== "")
          .join(" · ")}
      </p>
      <p>
        {isSealed
          ? "This record is sealed. It opens only by breaking the glass, for a time and with a reason."
          : "Nothing on record says that you care for this patient, so the chart is closed to you."}
      </p>
      {way === undefined ? (
        <div className="refused-chart-ways">
          {isSealed ? null : (
            <Button onClick={() => setWay("claim")} data-autofocus>
              I am caring for this patient
            </Button>
          )}
          <Button color="red.9" variant={isSealed ? "filled" : "light"} onClick={() => setWay("glass")}>
            Break the glass
          </Button>
        </div>
      ) : (
        <OpenForm patient={patient.id} way={way} onBack={() => setWay(undefined)} />
      )}
    </section>
  );
}
