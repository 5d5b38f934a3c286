import type { Role } from "./role.ts";

export const doctor = {
  name: "doctor",
  title: "Doctor",
  department: "Clinical care",
  purpose:
    "Diagnoses and treats patients. Opens the charts of the patients they care for, orders tests and acts on the results.",
  purposeOfUse: "TREAT",
  permissions: ["patients.find", "chart.open", "explorer.use"],
  home: "/patients",
} as const satisfies Role;
