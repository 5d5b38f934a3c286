import type { Role } from "./role.ts";

export const administrativeAssistant = {
  name: "administrative-assistant",
  title: "Administrative Assistant",
  department: "Clinical informatics",
  purpose:
    "Keeps patients' details and appointments right, so that every result and letter reaches the right person. Sees who the patient is, not what ails them.",
  purposeOfUse: "PATADMIN",
  permissions: ["patients.find", "addresses.keep"],
  home: "/patients",
} as const satisfies Role;
