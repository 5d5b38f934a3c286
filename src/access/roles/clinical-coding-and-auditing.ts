import type { Role } from "./role.ts";

export const clinicalCodingAndAuditing = {
  name: "clinical-coding-and-auditing",
  title: "Clinical Coding and Auditing",
  department: "Information management",
  purpose: "Reads the notes of finished stays, gives them their codes and checks the quality of what was recorded.",
  purposeOfUse: "HOPERAT",
  permissions: ["patients.find", "chart.open", "restricted.see", "explorer.use"],
  home: "/patients",
} as const satisfies Role;
