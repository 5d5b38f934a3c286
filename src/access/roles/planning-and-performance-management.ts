import type { Role } from "./role.ts";

export const planningAndPerformanceManagement = {
  name: "planning-and-performance-management",
  title: "Planning and Performance Management",
  department: "Information management",
  purpose: "Plans services and reports how they perform. Reads measures, not patients.",
  purposeOfUse: "HOPERAT",
  permissions: [],
  home: "/",
} as const satisfies Role;
