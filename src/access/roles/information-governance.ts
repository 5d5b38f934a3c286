import type { Role } from "./role.ts";

export const informationGovernance = {
  name: "information-governance",
  title: "Information Governance",
  department: "Information management",
  purpose:
    "Guards how patients' information is used: searches the audit log, answers patients who ask who looked, and looks into what is unusual.",
  purposeOfUse: "HOPERAT",
  permissions: [
    "patients.find",
    "audit.read",
    "governance.work",
    "governance.dispose",
    "images.dispose",
    "restricted.see",
    "reviews.decide",
    "access.explain",
    "explorer.use",
  ],
  home: "/governance",
} as const satisfies Role;
