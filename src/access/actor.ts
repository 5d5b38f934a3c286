import type { RoleName } from "./roles/index.ts";

/** Who does something: a person who signed in, a token for a script, or a link. */
export interface Actor {
  /** `User/3f…`, `Token/…`, `Link/lab`: a stable reference for the audit. */
  readonly reference: string;
  /** For the screen and the audit: `Dr Ingrid Lindqvist`. */
  readonly display: string;
  readonly roles: readonly RoleName[];
  readonly permissions: ReadonlySet<string>;
  /** Why they look. Source: HL7 v3 PurposeOfUse. */
  readonly purpose: "TREAT" | "HOPERAT" | "HSYSADMIN" | "PATADMIN" | "HRESCH" | "ETREAT";
  readonly via: "session" | "token" | "link" | "worker";
  /** Address of the caller, where there is one. */
  readonly remoteAddress?: string;
}
