/** What comes in under a service account. */
export const serviceUses = ["application", "link", "dicom-node", "directory", "script"] as const;

export type ServiceUse = (typeof serviceUses)[number];
