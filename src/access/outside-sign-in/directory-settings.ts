import { z } from "zod";
import { failed, incorrect, ok, type Result } from "#kernel";
import type { RoleMap } from "../identity/role-map.ts";
import { isRoleName, type RoleName } from "../roles/index.ts";

const text = z.string().trim().min(1).max(500);
const texts = z.array(text).max(50);

const signInSchema = z.strictObject({
  /** What people call it: `St Elsewhere`. */
  name: z.string().trim().min(1).max(60),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: text,
  /** Path of the file that holds the secret, from this file on; absent where the setting has it, or there is none. */
  clientSecretFile: text.optional(),
  scopes: texts.default(["openid", "profile", "email"]),
  /** Claims that carry groups or roles; dots lead into objects: `realm_access.roles`. */
  roleClaims: texts.default(["groups", "roles"]),
  usernameClaim: text.default("preferred_username"),
  displayClaim: text.default("name"),
  /** Whether an account is made for somebody who signs in for the first time. */
  addsAccounts: z.boolean().default(false),
  /** Claim that holds the id by which the directory's SCIM knows a person as `externalId`. */
  directoryIdClaim: text.optional(),
  /** Values of `amr` or `acr` by which the provider says that it asked for a second factor; none: it never counts. */
  secondFactor: z.strictObject({ amr: texts.default([]), acr: texts.default([]) }).default({ amr: [], acr: [] }),
});

const schema = z.strictObject({
  signIn: signInSchema.optional(),
  /** Groups, and values of the claims, with the roles they stand for. */
  roles: z.record(z.string().min(1).max(500), z.array(z.string())).default({}),
});

export type OutsideSettings = Readonly<z.infer<typeof signInSchema>>;

/** What the hospital's directory and its sign-in are to Corridor. */
export interface DirectorySettings {
  readonly signIn?: OutsideSettings;
  readonly roleMap: RoleMap;
}

/** From the text of the settings' file. Problems: incorrect `directory-settings`, each with its place. */
export function readDirectorySettings(json: string): Result<DirectorySettings> {
  const parsed = schema.safeParse(parseJson(json));
  if (!parsed.success) {
    const [first, ...rest] = parsed.error.issues.map(({ path, message }) => wrong(`${message}.`, path.join(".")));
    return failed(first ?? wrong("It cannot be read.", ""), ...rest);
  }
  const { signIn, roles } = parsed.data;
  const unknown = Object.values(roles)
    .flat()
    .find((role) => !isRoleName(role));
  if (unknown !== undefined) return failed(wrong(`There is no role ${unknown}.`, "roles"));
  if (signIn !== undefined && !isSafe(signIn.issuer))
    return failed(wrong("The issuer has to be https.", "signIn.issuer"));
  const roleMap = new Map(
    Object.entries(roles).map(([name, list]) => [name.trim().toLowerCase(), list as readonly RoleName[]]),
  );
  return ok({ ...(signIn && { signIn }), roleMap });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(message: string, where: string) {
  return incorrect("directory-settings", `The file of the directory's settings: ${message}`, { where });
}

/** Without TLS only on this machine, for trying it. */
export function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
