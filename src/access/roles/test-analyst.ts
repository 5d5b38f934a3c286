import type { Role } from "./role.ts";

export const testAnalyst = {
  name: "test-analyst",
  title: "Test Analyst",
  department: "ICT",
  purpose:
    "Proves that a change works before it reaches a ward. Tests with made-up patients, so reads definitions and link states here.",
  purposeOfUse: "HSYSADMIN",
  permissions: ["links.see", "simulator.use", "explorer.use"],
  home: "/",
} as const satisfies Role;
