import type { Role } from "./role.ts";

export const knowledgeAndLibraryServicesManagement = {
  name: "knowledge-and-library-services-management",
  title: "Knowledge and Library Services Management",
  department: "Library & knowledge",
  purpose: "Leads the library and knowledge services and shows their worth. Needs no patient's record.",
  purposeOfUse: "HOPERAT",
  permissions: [],
  home: "/",
} as const satisfies Role;
