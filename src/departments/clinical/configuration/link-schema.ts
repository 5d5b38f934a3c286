import { z } from "zod";
import { type GateSettings, gates, isGateCode } from "../gates/gate-table.ts";
import { type LinkSettings, type RouteCondition, usualWatch } from "./link-settings.ts";
import {
  host,
  listOf,
  matching,
  messageType,
  name,
  network,
  objectOf,
  oneOf,
  openPort,
  path,
  pattern,
  place,
  tableOf,
  text,
  title,
  wholeNumber,
  yesOrNo,
} from "./settings-fields.ts";
import { sftpFields } from "./sftp-fields.ts";

const serverTls = objectOf(
  { certificate: path, key: path, clientAuthority: path.exactOptional() },
  "certificate and key, each the path of a PEM file",
);

const recipient = matching(
  /^(?:Organization|Practitioner|PractitionerRole|CareTeam|Device|Endpoint|ServiceAccount)\/[A-Za-z0-9.-]{1,64}$/,
  "a reference, such as Organization/lab, Endpoint/lims, Device/analyser or ServiceAccount/…",
);

const everySeconds = wholeNumber(1, 86_400);

const intake = z.discriminatedUnion(
  "by",
  [
    objectOf(
      {
        by: z.literal("mllp"),
        host: host.exactOptional(),
        port: openPort,
        tls: serverTls.exactOptional(),
        allow: listOf(network, "addresses and networks").default([]),
        connectionsMax: wholeNumber(1, 10_000).exactOptional(),
      },
      "how messages come in",
    ),
    objectOf({ by: z.literal("http") }, "how messages come in"),
    objectOf(
      {
        by: z.literal("folder"),
        path,
        pattern: pattern.default("*.hl7"),
        everySeconds: everySeconds.default(10),
      },
      "how messages come in",
    ),
    objectOf(
      {
        by: z.literal("sftp"),
        ...sftpFields,
        pattern: pattern.default("*.hl7"),
        everySeconds: everySeconds.default(60),
      },
      "how messages come in",
    ),
    objectOf(
      {
        by: z.literal("record"),
        writes: oneOf("orm-o01", "oml-o21", "oru-r01"),
        version: oneOf("2.4", "2.5.1").default("2.4"),
        processing: oneOf("P", "T", "D").default("P"),
        sendingApplication: text("a text").default("CORRIDOR"),
        sendingFacility: text("a text").exactOptional(),
        receivingApplication: text("a text").exactOptional(),
        receivingFacility: text("a text").exactOptional(),
        recipients: listOf(recipient, "references, such as Organization/lab", 20).default([]),
      },
      "how messages come in",
    ),
    objectOf({ by: z.literal("simulator") }, "how messages come in"),
  ],
  { error: 'give how messages come in, with "by": mllp, http, folder, sftp, record or simulator' },
);

const after = z.union(
  [
    z.literal("recorded"),
    objectOf(
      {
        delivered: listOf(name, "destinations").min(1, { error: "give one destination or more" }),
        waitSeconds: wholeNumber(1, 600).default(30),
      },
      "destinations",
    ),
  ],
  {
    error:
      'give "recorded", or the destinations that must have the message: { "delivered": ["gp"], "waitSeconds": 30 }',
  },
);

const acknowledge = objectOf(
  {
    mode: oneOf("original", "enhanced", "by-message").default("by-message"),
    after: after.default("recorded"),
    sequence: yesOrNo.default(false),
  },
  "how messages are acknowledged",
);

const texts = listOf(text("a text"), "texts").default([]);

const contract = objectOf(
  {
    applications: texts,
    facilities: texts,
    types: listOf(messageType, "types of messages").default([]),
    versions: listOf(matching(/^2\.\d(\.\d)?$/, "a version of HL7, such as 2.4"), "versions").default([]),
    processing: listOf(oneOf("P", "T", "D"), "processing ids").default([]),
    nhsNumberRequired: yesOrNo.default(false),
  },
  "what this sender has agreed to send",
);

const someTexts = listOf(text("a text"), "texts").min(1, { error: "give one text or more" });

const condition: z.ZodType<RouteCondition, RouteConditionWritten> = z.lazy(() =>
  objectOf(
    {
      types: listOf(messageType, "types of messages").exactOptional(),
      senders: someTexts.exactOptional(),
      receivers: someTexts.exactOptional(),
      fields: tableOf(place, someTexts, "fields, each with a list of its values").exactOptional(),
      not: condition.exactOptional(),
    },
    "a condition: types, senders, receivers, fields, not",
  ),
);

/** A condition as it may be written: the same, and the compiler needs it said. */
type RouteConditionWritten = RouteCondition;

const route = objectOf(
  { name, when: condition.default({}), to: listOf(name, "destinations") },
  "a route: name, when, to",
);

const watch = objectOf(
  {
    silence: yesOrNo.default(true),
    resultWithinHours: tableOf(
      text("a code of a test, or *"),
      z.number({ error: "give a number of hours above 0" }).positive({ error: "give a number of hours above 0" }),
      "tests, each with hours",
    ).default({}),
    sequence: yesOrNo.default(false),
    unordered: yesOrNo.default(true),
  },
  "what to watch for, or false for nothing",
);

const gateSettings: z.ZodType<GateSettings, Readonly<Record<string, string>>> = tableOf(
  text("the code of a gate"),
  oneOf("accept", "hold", "reject"),
  "gates, each with accept, hold or reject",
).superRefine((settings, context) => {
  for (const [code, outcome] of Object.entries(settings)) {
    const choices: readonly string[] = isGateCode(code) ? gates[code].choices : [];
    if (choices.includes(outcome)) continue;
    const advice = isGateCode(code) ? `give ${choices.join(" or ")}` : `take it out: there is no such gate`;
    context.addIssue({ code: "custom", message: advice, path: [code] });
  }
});

const yearDays = 365;

/** Ten years: what is not wanted for that long is said, not assumed. */
export const retentionDaysDefault = 10 * yearDays;

/** `links/<name>.json`. Its name is that of the file, and need not be written. */
export const linkSchema = objectOf(
  {
    name,
    title,
    intake,
    format: oneOf("hl7v2", "edifact", "fhir").exactOptional(),
    acknowledge: acknowledge.prefault({}),
    contract: contract.exactOptional(),
    record: yesOrNo.exactOptional(),
    gates: gateSettings.exactOptional(),
    holdUnknownCodes: yesOrNo.exactOptional(),
    routes: listOf(route, "routes").default([]),
    mappingLayers: listOf(name, "layers of mapping rows").default([]),
    retentionDays: wholeNumber(1, 100 * yearDays).default(retentionDaysDefault),
    watch: z
      .union([z.literal(false), watch], { error: "give what to watch for, or false for nothing" })
      .default(usualWatch),
  },
  "a link: title, intake and what else it needs",
) satisfies z.ZodType<LinkSettings>;
