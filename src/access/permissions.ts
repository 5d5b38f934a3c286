/**
 * What a role may do besides reading and writing documents: the policy of a route is one of these.
 * Reading and writing documents is decided by the tables in `policies/`, kind by kind.
 */
export const permissions = {
  "patients.find": "Find patients by name or number",
  "chart.open": "Open a patient's chart",
  "links.see": "See the links, their state and their counts",
  "messages.read": "Read the messages that came over the links",
  "messages.replay": "Replay messages, and try a configuration of the links on messages that came before",
  "deliveries.manage": "Try parked deliveries again or skip them, pause destinations and resume them",
  "alerts.acknowledge": "Say that one knows of an alert of the links, and what is done about it",
  "holds.decide": "Release or reject messages that are held",
  "codes.propose": "Propose what a code or unit of a laboratory means",
  "codes.approve": "Approve what another person has proposed for a code or unit",
  "links.configure": "Check, deploy and roll back the configuration of the links",
  "merges.undo": "Undo merges of two patients",
  "simulator.use": "Play messages against the links with the simulator, and look at its runs",
  "users.manage": "Add users, change their roles, lock and unlock them",
  "applications.manage": "Enter applications, approve, limit, suspend and revoke them",
  "tokens.issue": "Make service accounts, and keys and access tokens for scripts and systems",
  "scim.write": "Keep accounts and groups as the hospital's directory says, by SCIM",
  "metrics.see": "See the measurements of the running system",
  "restricted.see":
    "See items and patients marked restricted, sensitive, staff or family without caring for the patient",
  "addresses.keep": "See and change the addresses of patients whose address is restricted",
  "sealed.see": "See sealed items without breaking the glass",
  "reviews.decide": "Review who broke the glass, and who said that they care for a patient",
  "access.explain": "Look up who may see what, and why",
  "audit.read": "Search the audit log",
  "governance.work": "Work on requests by people, incidents and the registers of information governance",
  "governance.dispose": "Propose, or decide as the second person, that a record that need not be kept is erased",
  "images.keep": "Keep the image archive: studies without a patient, edits, rejections, deletions, nodes and queues",
  "images.dispose":
    "See what rules of retention would delete of the images, and agree as the second person that it goes",
  "explorer.use": "Look at resources as FHIR, as far as one's roles may read them, and keep searches",
} as const;

export type PermissionName = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly PermissionName[];

export function isPermission(name: string): name is PermissionName {
  return Object.hasOwn(permissions, name);
}
