import { z } from "zod";

/** In the browser or on a device of its user; on a server of its own; on a server and for nobody in particular. */
export const applicationTypes = ["public", "confidential", "backend"] as const;
/** Until an administrator has approved it, and after they took that back, nothing is open to it. */
export const applicationStates = ["requested", "approved", "suspended", "revoked"] as const;

const line = z.string().trim().min(1).max(200);
const address = z.string().trim().min(1).max(2_000);

const keyUse = z.looseObject({ kty: z.enum(["RSA", "EC"]) });

const particulars = z.object({
  name: line,
  owner: line,
  contact: line,
  purpose: z.string().trim().max(500),
  type: z.enum(applicationTypes),
  redirectUris: z.array(address).max(20),
  launchUrl: address.optional(),
  /** Of a confidential application or a backend service: one of these, or neither for a secret. */
  jwks: z.object({ keys: z.array(keyUse).min(1).max(10) }).optional(),
  jwksUri: address.optional(),
  /** With spaces between. */
  scopes: z.string().trim().max(10_000),
});

/** What is told of an application that is to be registered. */
export const applicationBody = particulars.extend({
  purpose: particulars.shape.purpose.default(""),
  redirectUris: particulars.shape.redirectUris.default([]),
});

export type ApplicationBody = z.input<typeof applicationBody>;

export const applicationChangeBody = particulars.partial().extend({
  state: z.enum(applicationStates).exclude(["requested"]).optional(),
  /** A new secret instead of the old one, which ends. */
  newSecret: z.literal(true).optional(),
});

export type ApplicationChangeBody = z.input<typeof applicationChangeBody>;

export interface ApplicationView {
  /** Its `client_id`. */
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly contact: string;
  readonly purpose: string;
  readonly type: (typeof applicationTypes)[number];
  readonly redirectUris: readonly string[];
  readonly launchUrl?: string;
  readonly jwks?: object;
  readonly jwksUri?: string;
  readonly hasSecret: boolean;
  readonly scopes: string;
  /** What the scopes let it do, a sentence each. */
  readonly sentences: readonly string[];
  readonly state: (typeof applicationStates)[number];
  readonly requested: string;
  readonly decided?: string;
}

export interface ApplicationChangedView {
  readonly application: ApplicationView;
  /** Shown this once. */
  readonly secret?: string;
}

/** What an application asks of the person at the browser. */
export interface AuthorizationRequestView {
  readonly application: {
    readonly name: string;
    readonly owner: string;
    readonly purpose: string;
    readonly host: string;
  };
  /** Who is asked. */
  readonly person: string;
  readonly scopes: readonly { readonly text: string; readonly sentence: string; readonly changes: boolean }[];
  /** Whether it learns who the person is. */
  readonly identifies: boolean;
  /** How long it keeps access: for an hour, while the person is signed in, or while they are away too. */
  readonly keeps: "once" | "online" | "offline";
  readonly picksPatient: boolean;
  /** The patient of the chart it was started from. */
  readonly patient?: { readonly id: string; readonly name: string };
}

export const decisionBody = z.object({
  allow: z.boolean(),
  scopes: z.array(z.string().max(700)).max(200).optional(),
  patient: z.string().max(64).optional(),
});

export type DecisionBody = z.infer<typeof decisionBody>;

/** Where the browser goes next. */
export interface DecisionView {
  readonly leadsTo: string;
}

/** What a person has let an application do. */
export interface GivenAccessView {
  readonly id: string;
  readonly application: string;
  readonly owner: string;
  readonly sentences: readonly string[];
  readonly begun: string;
  readonly expires: string;
  readonly offline: boolean;
}

/** An application that can be started from a chart. */
export interface LaunchableView {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
}

export const launchBody = z.object({
  application: z.string().max(64),
  patient: z.string().max(64),
  encounter: z.string().max(64).optional(),
});

export type LaunchBody = z.infer<typeof launchBody>;
