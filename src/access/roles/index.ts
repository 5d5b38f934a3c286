import { administrativeAssistant } from "./administrative-assistant.ts";
import { clinicalCodingAndAuditing } from "./clinical-coding-and-auditing.ts";
import { doctor } from "./doctor.ts";
import { informationAnalyst } from "./information-analyst.ts";
import { informationGovernance } from "./information-governance.ts";
import { knowledgeAndLibraryServicesManagement } from "./knowledge-and-library-services-management.ts";
import { librarian } from "./librarian.ts";
import { libraryAssistant } from "./library-assistant.ts";
import { networkManager } from "./network-manager.ts";
import { nurse } from "./nurse.ts";
import { pacsAdministrator } from "./pacs-administrator.ts";
import { pathologyLinksManager } from "./pathology-links-manager.ts";
import { planningAndPerformanceManagement } from "./planning-and-performance-management.ts";
import type { Role } from "./role.ts";
import { specialistManager } from "./specialist-manager.ts";
import { supportTechnician } from "./support-technician.ts";
import { systemAdministrator } from "./system-administrator.ts";
import { systemsDeveloper } from "./systems-developer.ts";
import { testAnalyst } from "./test-analyst.ts";
import { trainingAdministrator } from "./training-administrator.ts";
import { trainingManager } from "./training-manager.ts";

/**
 * In the order in which they are listed to people: care first, then the five departments, then administration.
 * To add a role: write its file beside this one, list it here, and name it in the policies that it needs.
 */
export const roles = {
  [doctor.name]: doctor,
  [nurse.name]: nurse,
  [administrativeAssistant.name]: administrativeAssistant,
  [pathologyLinksManager.name]: pathologyLinksManager,
  [specialistManager.name]: specialistManager,
  [pacsAdministrator.name]: pacsAdministrator,
  [trainingAdministrator.name]: trainingAdministrator,
  [trainingManager.name]: trainingManager,
  [networkManager.name]: networkManager,
  [systemsDeveloper.name]: systemsDeveloper,
  [supportTechnician.name]: supportTechnician,
  [testAnalyst.name]: testAnalyst,
  [informationGovernance.name]: informationGovernance,
  [informationAnalyst.name]: informationAnalyst,
  [clinicalCodingAndAuditing.name]: clinicalCodingAndAuditing,
  [planningAndPerformanceManagement.name]: planningAndPerformanceManagement,
  [librarian.name]: librarian,
  [libraryAssistant.name]: libraryAssistant,
  [knowledgeAndLibraryServicesManagement.name]: knowledgeAndLibraryServicesManagement,
  [systemAdministrator.name]: systemAdministrator,
} as const satisfies Readonly<Record<string, Role>>;

export type RoleName = keyof typeof roles;

export const roleNames = Object.keys(roles) as readonly RoleName[];

export function isRoleName(name: string): name is RoleName {
  return Object.hasOwn(roles, name);
}

export type { Department, PurposeOfUse, Role } from "./role.ts";
