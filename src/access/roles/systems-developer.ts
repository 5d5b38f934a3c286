import type { Role } from "./role.ts";

export const systemsDeveloper = {
  name: "systems-developer",
  title: "Systems Developer",
  department: "ICT",
  purpose:
    "Builds and mends systems and their interfaces. Works with definitions, link states and measurements, never with patients' records.",
  purposeOfUse: "HSYSADMIN",
  permissions: ["links.see", "metrics.see", "explorer.use"],
  home: "/links",
} as const satisfies Role;
