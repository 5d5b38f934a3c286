import type { Instant } from "#kernel";

/** What can be audited, in Corridor's own words; `codes.ts` says what each is called in FHIR and DICOM. */
export type ActName =
  | "read"
  | "read-version"
  | "search"
  | "count"
  | "history"
  | "follow" // the feed of changes, from some place on
  | "create"
  | "update"
  | "delete"
  | "sign-in"
  | "sign-out"
  | "second-factor-ask" // the password was right, and the second factor was asked for
  | "proof" // somebody who is signed in gave their password again
  | "session-end" // of one's own, or of another person
  | "password-change"
  | "factor-change" // a second factor was set up, removed or reset
  | "link-issue" // a one-time link to set a password
  | "token-issue"
  | "application-change" // an application was entered, approved, limited, suspended or revoked
  | "authorize" // a person let an application in, or did not, or started one from a chart
  | "authorization-end" // a person took back what they let an application do
  | "backup" // everything was written into one file
  | "key-rotation" // what is sealed in the database was sealed by a new key
  | "terminology-change" // a code system was imported or removed
  | "export" // documents were sent to an address outside, as a subscription asks
  | "disclosure" // of a patient's data to somebody outside, such as the pack of a subject access request
  | "audit-export" // entries of the log itself were written into a file
  | "break-glass" // somebody opened what is closed to them, with a reason
  | "break-glass-end"
  | "consent-decision" // what a patient's consent allowed or forbade; the Consents are among the entities
  | "images-find" // studies, series or objects were searched for
  | "images-read" // a study, or something of it, was read; once for all of its pieces
  | "images-store" // a study, or something of it, was sent here; once for all of its pieces
  | "images-send" // a study, or something of it, was sent to another node
  | "images-change" // what is shown of a study was changed, or whom it is about
  | "images-delete"
  | "call" // of a route whose permission the caller does not hold
  | "posted"; // an application reported an act of its own

/** One thing that somebody did or tried. It becomes an entry of the log, and from there an AuditEvent. */
export interface Act {
  readonly at: Instant;
  readonly act: ActName;
  readonly agent: Agent;
  readonly outcome: ActOutcome;
  /** Code of the problem, where it did not succeed: `forbidden-kind`, `version-conflict`. */
  readonly problem?: string;
  /** Whom it concerned: `Patient/1`. */
  readonly patients: readonly string[];
  /** Which documents: `Observation/1`, or with the version `Observation/1/_history/2`; a kind alone for a search. */
  readonly entities: readonly string[];
  /** What was asked for; values that could identify a person are left out, ids apart. */
  readonly query?: string;
  /** Why, in the words of the person: what was written when a glass was broken. */
  readonly reason?: string;
}

/** Succeeded; was refused or found nothing; failed. Source: FHIR R4 AuditEvent.outcome (0, 4, 8). */
export type ActOutcome = 0 | 4 | 8;

export interface Agent {
  /** `User/3f…`, `ApiToken/…`, `Link/lab`. */
  readonly reference: string;
  readonly display: string;
  readonly roles: readonly string[];
  /** Source: HL7 v3 PurposeOfUse. */
  readonly purpose: string;
  readonly via: string;
  /** Address of the caller. */
  readonly address?: string;
}
