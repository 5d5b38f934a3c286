import type { Role } from "./role.ts";

export const specialistManager = {
  name: "specialist-manager",
  title: "Specialist Manager",
  department: "Clinical informatics",
  purpose:
    "Leads a clinical system and the people who work with it. Sees how well its links run and what it measures, not the care of single patients.",
  purposeOfUse: "HOPERAT",
  permissions: ["links.see", "explorer.use"],
  home: "/",
} as const satisfies Role;
