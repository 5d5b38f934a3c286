import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PatientRow } from "#departments/clinical/api";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { bornText, nhsNumberText } from "../../patients/patient-words.ts";
import { trendQuery } from "../chart-queries.ts";
import "./trend.css";
import { TrendView } from "./trend-view.tsx";

interface TrendDrawerProps {
  readonly id: string;
  /** `system|code` of the test. */
  readonly code: string;
  readonly patient: PatientRow;
  onClose(): void;
}

/** One test over time, beside the chart. It covers the banner, so it says again whose it is. */
export function TrendDrawer({ id, code, patient, onClose }: TrendDrawerProps) {
  const trend = useQuery(trendQuery(id, code));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(820px, 100vw)"
      title={<span className="trend-title">{trend.data?.name.text ?? "Over time"}</span>}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 120 }}
    >
      <p className="trend-patient tabular">
        <strong>{patient.name}</strong> · Born {bornText(patient)} · NHS No. {nhsNumberText(patient)}
      </p>
      <Loaded query={trend} label="Loading the results over time">
        {(loaded) => <TrendView trend={loaded} />}
      </Loaded>
    </Drawer>
  );
}
