import type { Access, Actor, RoleName, UserOrder } from "#access";
import { ok, type Result } from "#kernel";

/** Somebody who can sign in to the demonstration. */
export interface DemoUser {
  readonly username: string;
  readonly display: string;
  readonly role: RoleName;
  /** Shown on the terminal; the others are listed by `corridor user list`. */
  readonly isMain?: true;
  /** Staff number, in small letters, and wards, by their number: whose patients they see. */
  readonly caring?: { readonly staff?: string; readonly wards: readonly number[] };
}

/** One for everybody, and printed: the demonstration only answers on this machine and holds nobody's data. */
export const demoPassword = "open the blue door";

export const demoUsers: readonly DemoUser[] = [
  {
    username: "lindqvist",
    display: "Dr Ingrid Lindqvist",
    role: "doctor",
    isMain: true,
    caring: { staff: "c4471", wards: [7] },
  },
  { username: "okafor", display: "Nurse Chinwe Okafor", role: "nurse", isMain: true, caring: { wards: [7, 1] } },
  { username: "tanner", display: "Gwen Tanner", role: "administrative-assistant" },
  { username: "marsh", display: "Colin Marsh", role: "pathology-links-manager", isMain: true },
  { username: "ashworth", display: "Priya Ashworth", role: "pathology-links-manager" },
  { username: "delacroix", display: "Simone Delacroix", role: "specialist-manager" },
  { username: "ferreira", display: "Nuno Ferreira", role: "pacs-administrator" },
  { username: "quill", display: "Bethan Quill", role: "training-administrator" },
  { username: "hargreaves", display: "Judith Hargreaves", role: "training-manager" },
  { username: "sato", display: "Kenji Sato", role: "network-manager" },
  { username: "novak", display: "Petra Novak", role: "systems-developer" },
  { username: "ellis", display: "Jordan Ellis", role: "support-technician" },
  { username: "ibrahim", display: "Salma Ibrahim", role: "test-analyst" },
  { username: "wren", display: "Catherine Wren", role: "information-governance", isMain: true },
  { username: "lowell", display: "Simon Lowell", role: "information-governance" },
  { username: "achebe", display: "Obinna Achebe", role: "information-analyst", isMain: true },
  { username: "pell", display: "Rosalind Pell", role: "clinical-coding-and-auditing" },
  { username: "stone", display: "Marcus Stone", role: "planning-and-performance-management" },
  { username: "finch", display: "Harriet Finch", role: "librarian" },
  { username: "bose", display: "Anil Bose", role: "library-assistant" },
  { username: "carrow", display: "Elspeth Carrow", role: "knowledge-and-library-services-management" },
  { username: "admin", display: "Demonstration Administrator", role: "system-administrator", isMain: true },
];

/** Adds those who are not there yet. Problems: those of `Access.addUser`, but `username-taken`. */
export async function ensureDemoUsers(access: Access, by: Actor): Promise<Result<void>> {
  const known = await access.listUsers({ limit: 1_000 }, by);
  if (!known.ok) return known;
  const names = new Set(known.value.users.map(({ username }) => username));
  for (const { username, display, role, caring } of demoUsers.filter((user) => !names.has(user.username))) {
    const order = { username, display, roles: [role], password: demoPassword, caring: caringOf(caring) };
    const added = await access.addUser(order, by);
    if (!added.ok && added.problems[0].code !== "username-taken") return added;
  }
  return ok(undefined);
}

function caringOf(caring: DemoUser["caring"]): UserOrder["caring"] {
  if (caring === undefined) return undefined;
  const wards = caring.wards.map((number) => `Location/demo-ward-${number}`);
  return caring.staff === undefined ? { wards } : { practitioner: `Practitioner/demo-${caring.staff}`, wards };
}
