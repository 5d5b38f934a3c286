import { resolve } from "node:path";
import { z } from "zod";
import { isRoleName, type RoleName } from "#access";
import { allowList } from "#links/addresses";
import { allowedEndpoints } from "#links/outgoing-http";
import { blobSettings } from "./blob-settings.ts";
import { dicomSettings } from "./dicom-settings.ts";
import { readTarget } from "./simulator/targets.ts";

/** One setting: an environment variable with its meaning, what it takes and its default. */
export interface Setting<T> {
  /** The environment variable. */
  readonly name: string;
  /** What it does, in one sentence for operators; the same one stands in docs/operate/settings.md. */
  readonly about: string;
  /** Ends the sentence "give …". */
  readonly takes: string;
  /** As it would be written in the environment; undefined means the setting may be absent. */
  readonly default: string | undefined;
  /** Its value is never printed. */
  readonly secret?: true;
  readonly schema: z.ZodType<T, string | undefined>;
}

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535);

const logLevel = z.enum(["debug", "info", "warn", "error", "silent"]);

const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
});

const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ }).optional();

const origin = z
  .string()
  .regex(/^https?:\/\/[^/?#]+$/)
  .optional();

const origins = z
  .string()
  .regex(/^(?:\*|https?:\/\/[^/?#,\s]+(?:\s*,\s*https?:\/\/[^/?#,\s]+)*)$/)
  .optional()
  .transform((text): readonly string[] => (text ?? "").split(",").flatMap((part) => part.trim() || []));

const endpoints = z
  .string()
  .optional()
  .transform((text) => (text ?? "").split(",").flatMap((part) => part.trim() || []))
  .transform((addresses, context) => {
    const rules = allowedEndpoints(addresses);
    if (rules === undefined) context.issues.push({ code: "custom", message: "no addresses", input: addresses });
    return rules ?? [];
  });

const simulatorTargets = z
  .string()
  .optional()
  .transform((text, context) => {
    const addresses = (text ?? "").split(",").flatMap((part) => part.trim() || []);
    const targets = addresses.map(readTarget);
    if (!targets.every(({ ok }) => ok)) context.issues.push({ code: "custom", message: "no addresses", input: text });
    return targets.flatMap((target) => (target.ok ? target.value : []));
  });

const roleNames = z
  .string()
  .optional()
  .transform((text) => (text ?? "").split(",").flatMap((part) => part.trim() || []))
  .refine((names) => names.every(isRoleName))
  .transform((names): readonly RoleName[] => names.filter(isRoleName));

const file = z
  .string()
  .optional()
  .transform((path) => (path === undefined ? undefined : resolve(path)));

const networks = z
  .string()
  .optional()
  .transform((text, context) => {
    const entries = (text ?? "").split(",").flatMap((part) => part.trim() || []);
    const list = allowList(entries);
    if (!list.ok) context.issues.push({ code: "custom", message: "no networks", input: text });
    return list.ok && entries.length > 0 ? list.value : undefined;
  });

function wholeNumber(from: number, to: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((number) => number >= from && number <= to);
}

const key = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/)
  .transform((text) => Uint8Array.from(Buffer.from(text, "base64")))
  .optional();

const keys = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=(?:\s*,\s*[A-Za-z0-9+/]{43}=)*$/)
  .optional()
  .transform((text): readonly Uint8Array[] =>
    (text ?? "").split(",").flatMap((part) => (part === "" ? [] : Uint8Array.from(Buffer.from(part, "base64")))),
  );

function setting<T>(value: Setting<T>): Setting<T> {
  return value;
}

/** Every setting there is. A port of 0 takes a free one. */
export const settings = {
  host: setting({
    name: "CORRIDOR_HOST",
    about: "Address that every door listens on.",
    takes: "an address of this machine, such as 127.0.0.1 (this machine only) or 0.0.0.0 (every network)",
    default: "127.0.0.1",
    schema: z.string().regex(/^[A-Za-z0-9.:-]+$/),
  }),
  httpPort: setting({
    name: "CORRIDOR_HTTP_PORT",
    about: "Port of the web app, FHIR and the departments' interfaces.",
    takes: "a whole number from 0 to 65535",
    default: "8080",
    schema: port,
  }),
  mllpPort: setting({
    name: "CORRIDOR_MLLP_PORT",
    about: "Port that HL7 v2 messages come in on.",
    takes: "a whole number from 0 to 65535",
    default: "2575",
    schema: port,
  }),
  dimsePort: setting({
    name: "CORRIDOR_DIMSE_PORT",
    about: "Port that other DICOM nodes call.",
    takes: "a whole number from 0 to 65535",
    default: "11112",
    schema: port,
  }),
  aeTitle: setting({
    name: "CORRIDOR_AE_TITLE",
    about: "What other DICOM nodes call Corridor.",
    takes: "1 to 16 characters of ASCII without a backslash",
    default: "CORRIDOR",
    schema: z
      .string()
      .trim()
      .regex(/^[\x20-\x5B\x5D-\x7E]{1,16}$/),
  }),
  ...dicomSettings,
  worklistFile: setting({
    name: "CORRIDOR_WORKLIST_FILE",
    about: "Rules that say which room does what was ordered, instead of the usual ones.",
    takes: "the path of a JSON file",
    default: undefined,
    schema: file,
  }),
  dataFolder: setting({
    name: "CORRIDOR_DATA",
    about: "Folder of the embedded database and of large files.",
    takes: "a folder that may be made or written to",
    default: "./data",
    schema: z.string().transform((path) => resolve(path)),
  }),
  ...blobSettings,
  databaseUrl: setting({
    name: "DATABASE_URL",
    about: "A PostgreSQL server (15 or later) to use instead of the embedded one.",
    takes: "an address such as postgres://user:password@host:5432/database",
    default: undefined,
    secret: true,
    schema: databaseUrl,
  }),
  publicOrigin: setting({
    name: "CORRIDOR_PUBLIC_ORIGIN",
    about: "Address that people use, when it is not Corridor's own: that of a proxy before it.",
    takes: "an address such as https://corridor.hospital.example, without a path",
    default: undefined,
    schema: origin,
  }),
  tlsCertificate: setting({
    name: "CORRIDOR_TLS_CERTIFICATE",
    about: "Certificate of the HTTP door, with those between it and its authority; then the door takes https alone.",
    takes: "the path of a PEM file, together with CORRIDOR_TLS_KEY",
    default: undefined,
    schema: file,
  }),
  tlsKey: setting({
    name: "CORRIDOR_TLS_KEY",
    about: "Private key of that certificate.",
    takes: "the path of a PEM file, together with CORRIDOR_TLS_CERTIFICATE",
    default: undefined,
    schema: file,
  }),
  redirectPort: setting({
    name: "CORRIDOR_REDIRECT_PORT",
    about: "Port without encryption that sends browsers on to the encrypted door, and refuses everything else.",
    takes: "a whole number from 0 to 65535, with a certificate or an https address set",
    default: undefined,
    schema: port.optional(),
  }),
  trustedProxies: setting({
    name: "CORRIDOR_TRUSTED_PROXIES",
    about: "Proxies whose X-Forwarded-For says where a request came from; nobody else's is believed.",
    takes: "addresses and networks such as 10.1.2.3, 10.1.0.0/16 with commas between them",
    default: undefined,
    schema: networks,
  }),
  requestsPerSecond: setting({
    name: "CORRIDOR_REQUESTS_PER_SECOND",
    about: "Requests a second that one address may make for long; this machine's own are not counted, 0 sets no limit.",
    takes: "a whole number from 0 to 1000000",
    default: "500",
    schema: wholeNumber(0, 1_000_000),
  }),
  corsOrigins: setting({
    name: "CORRIDOR_CORS_ORIGINS",
    about: "Other web applications whose pages may call the interfaces from a browser, with a token of their own.",
    takes: "origins such as https://app.example with commas between them, or * for every one",
    default: undefined,
    schema: origins,
  }),
  subscriptionEndpoints: setting({
    name: "CORRIDOR_SUBSCRIPTION_ENDPOINTS",
    about: "Addresses that subscriptions may send to; when absent, only those of this machine itself.",
    takes: "addresses such as https://app.example/hooks with commas between them; each allows what is below it",
    default: undefined,
    schema: endpoints,
  }),
  simulatorTargets: setting({
    name: "CORRIDOR_SIMULATOR_TARGETS",
    about:
      "Addresses that the simulator may play messages against; when absent, only the links of this Corridor itself.",
    takes: "addresses such as mllp://lab-test.example:6661 or https://test.example/hl7 with commas between them",
    default: undefined,
    schema: simulatorTargets,
  }),
  logLevel: setting({
    name: "CORRIDOR_LOG",
    about: "How much is logged, as lines of JSON on standard error; info has a line for each request.",
    takes: "one of debug, info, warn, error, silent",
    default: "warn",
    schema: logLevel,
  }),
  timeZone: setting({
    name: "CORRIDOR_TIME_ZONE",
    about: "The hospital's time zone: times are shown by its clock, and taken by it where a message states none.",
    takes: "a name of the IANA time zone database, such as Europe/London",
    default: "Europe/London",
    schema: timeZone,
  }),
  secondFactorRoles: setting({
    name: "CORRIDOR_SECOND_FACTOR_ROLES",
    about: "Roles whose holders must sign in with a second factor; who has none is led to set one up.",
    takes: "names of roles such as system-administrator, doctor with commas between them (docs/roles.md)",
    default: undefined,
    schema: roleNames,
  }),
  identityKey: setting({
    name: "CORRIDOR_IDENTITY_KEY",
    about: "Key that seals secrets of second factors; when absent, the file identity.key of the data folder holds it.",
    takes:
      "32 random bytes in base64, as `openssl rand -base64 32` prints them; with commas behind it older ones, which only open",
    default: undefined,
    secret: true,
    schema: keys,
  }),
  auditKey: setting({
    name: "CORRIDOR_AUDIT_KEY",
    about: "Key that signs checkpoints of the audit log; when absent, the file audit.key of the data folder holds it.",
    takes: "32 random bytes in base64, as `openssl rand -base64 32` prints them",
    default: undefined,
    secret: true,
    schema: key,
  }),
  auditCheckpoints: setting({
    name: "CORRIDOR_AUDIT_CHECKPOINTS",
    about:
      "A second folder for checkpoints of the audit log and the list of what was erased, best on another machine; the first is in the data folder.",
    takes: "the path of a folder",
    default: undefined,
    schema: file,
  }),
  auditSyslog: setting({
    name: "CORRIDOR_AUDIT_SYSLOG",
    about: "Where every audit entry is sent as a syslog message (IHE ATNA); when absent, nowhere.",
    takes: "an address such as tls://syslog.example:6514 or udp://127.0.0.1:514",
    default: undefined,
    schema: z.url({ protocol: /^(tls|udp)$/ }).optional(),
  }),
  auditSyslogCa: setting({
    name: "CORRIDOR_AUDIT_SYSLOG_CA",
    about:
      "File with the certificates (PEM) that the syslog receiver's must be signed by; when absent, those of Node.js.",
    takes: "the path of a file",
    default: undefined,
    schema: file,
  }),
  directoryFile: setting({
    name: "CORRIDOR_DIRECTORY_FILE",
    about:
      "File that says which roles the groups of the hospital's directory stand for, and how people sign in through it.",
    takes: "a file as docs/operate/sign-in.md describes it",
    default: undefined,
    schema: file,
  }),
  keyNetworks: setting({
    name: "CORRIDOR_KEY_NETWORKS",
    about:
      "Networks inside the hospital where applications may publish their keys; else the public one alone is asked.",
    takes: "addresses and networks such as 10.1.2.3, 10.1.0.0/16 with commas between them",
    default: undefined,
    schema: networks,
  }),
  outsideSecret: setting({
    name: "CORRIDOR_OUTSIDE_SECRET",
    about:
      "Secret that Corridor shows the hospital's own sign-in; the file of the directory may name a file for it instead.",
    takes: "the secret, as the provider shows it",
    default: undefined,
    secret: true,
    schema: z.string().optional(),
  }),
  bulkHours: setting({
    name: "CORRIDOR_BULK_HOURS",
    about: "Hours for which what an export over HTTP wrote can be fetched; then it is removed.",
    takes: "a whole number from 1 to 8760",
    default: "24",
    schema: wholeNumber(1, 8_760),
  }),
  optOutHours: setting({
    name: "CORRIDOR_OPT_OUT_HOURS",
    about: "Hours for which an answer of the national data opt-out service counts; then it is forgotten.",
    takes: "a whole number from 1 to 504",
    default: "24",
    schema: wholeNumber(1, 504),
  }),
} as const;
