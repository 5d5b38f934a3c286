import type { Role } from "./role.ts";

export const informationAnalyst = {
  name: "information-analyst",
  title: "Information Analyst",
  department: "Information management",
  purpose:
    "Turns the record into figures that others can rely on. Works with measures and their reports; single patients only where a policy says so.",
  purposeOfUse: "HOPERAT",
  permissions: ["explorer.use"],
  home: "/",
} as const satisfies Role;
