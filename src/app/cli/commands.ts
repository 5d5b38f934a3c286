import type { Command } from "./command.ts";

interface Entry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loaded only when asked for, so that `corridor config` does not wait for the whole program. */
  load(): Promise<Command>;
}

export const commands: readonly Entry[] = [
  { name: "serve", summary: "Start Corridor", load: async () => (await import("./serve.ts")).serve },
  {
    name: "demo",
    summary: "Start Corridor with a made-up hospital in it",
    load: async () => (await import("./demo.ts")).demo,
  },
  {
    name: "config",
    summary: "Print every setting, its value and where it is from",
    load: async () => (await import("./config.ts")).config,
  },
  {
    name: "user",
    summary: "Add and list users, reset passwords, change roles",
    load: async () => (await import("./user.ts")).user,
  },
  { name: "token", summary: "Print a bearer token for scripts", load: async () => (await import("./token.ts")).token },
  {
    name: "service-account",
    summary: "Accounts of systems that connect, and their keys",
    load: async () => (await import("./service-account.ts")).serviceAccount,
  },
  {
    name: "links",
    summary: "Check, deploy and roll back the configuration of the links",
    load: async () => (await import("./links.ts")).links,
  },
  {
    name: "simulate",
    summary: "Play HL7 v2 messages against a link, and compare what came out",
    load: async () => (await import("./simulate.ts")).simulate,
  },
  {
    name: "node",
    summary: "The DICOM nodes that Corridor speaks with",
    load: async () => (await import("./node.ts")).node,
  },
  { name: "key", summary: "Replace the key that seals secrets", load: async () => (await import("./key.ts")).key },
  {
    name: "backup",
    summary: "Write everything into one file, while Corridor runs or not",
    load: async () => (await import("./backup.ts")).backup,
  },
  {
    name: "restore",
    summary: "Put a backup into an empty place",
    load: async () => (await import("./restore.ts")).restore,
  },
  {
    name: "verify",
    summary: "Read everything and check that it is whole",
    load: async () => (await import("./verify.ts")).verify,
  },
  {
    name: "audit",
    summary: "Sign the audit log, and prove that an entry is in it",
    load: async () => (await import("./audit.ts")).audit,
  },
  {
    name: "terminology",
    summary: "Import SNOMED CT, LOINC, ICD-10 and other code systems",
    load: async () => (await import("./terminology.ts")).terminology,
  },
  {
    name: "package",
    summary: "Add FHIR packages, such as US Core or UK Core",
    load: async () => (await import("./package.ts")).packages,
  },
  {
    name: "import",
    summary: "Bring FHIR resources into the record from files",
    load: async () => (await import("./import.ts")).importing,
  },
  {
    name: "export",
    summary: "Write FHIR resources into files, a file for each type",
    load: async () => (await import("./export.ts")).exporting,
  },
  {
    name: "deidentify",
    summary: "Write copies of files without what identifies people",
    load: async () => (await import("./deidentify.ts")).deidentify,
  },
  {
    name: "images",
    summary: "Write studies of images into a folder or a zip file, also without what identifies people",
    load: async () => (await import("./images.ts")).images,
  },
  {
    name: "opt-out",
    summary: "Ask who has opted out of research and planning, and take in the answer",
    load: async () => (await import("./opt-out.ts")).optOut,
  },
  { name: "bench", summary: "Time this machine", load: async () => (await import("./bench.ts")).bench },
];
