import type { ServiceAccountView } from "#access/api";

/** What comes in under a service account, as people say it. */
export const useWords: Readonly<Record<ServiceAccountView["use"], string>> = {
  application: "Application",
  link: "Link",
  "dicom-node": "DICOM node",
  directory: "Directory",
  script: "Script",
};
