import type { Role } from "./role.ts";

export const nurse = {
  name: "nurse",
  title: "Nurse",
  department: "Clinical care",
  purpose: "Nurses patients on the ward and in clinic. Reads charts and results, records observations and care given.",
  purposeOfUse: "TREAT",
  permissions: ["patients.find", "chart.open", "explorer.use"],
  home: "/patients",
} as const satisfies Role;
