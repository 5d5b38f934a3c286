import { z } from "zod";
import { type DestinationSettings, usualRetry } from "./link-settings.ts";
import {
  extension,
  headers,
  host,
  listOf,
  name,
  objectOf,
  oneOf,
  path,
  port,
  secretHeaders,
  title,
  webAddress,
  wholeNumber,
} from "./settings-fields.ts";
import { sftpFields } from "./sftp-fields.ts";

const clientTls = objectOf(
  {
    authority: path.exactOptional(),
    certificate: path.exactOptional(),
    key: path.exactOptional(),
    serverName: host.exactOptional(),
  },
  "authority, certificate and key, each the path of a PEM file, or {}",
);

const answerWithinSeconds = wholeNumber(1, 600).default(30);

const overHttp = {
  url: webAddress,
  headers: headers.default({}),
  secretHeaders: secretHeaders.exactOptional(),
  tls: clientTls.exactOptional(),
  answerWithinSeconds,
};

const outlet = z.discriminatedUnion(
  "by",
  [
    objectOf(
      {
        by: z.literal("mllp"),
        host,
        port,
        tls: clientTls.exactOptional(),
        connections: wholeNumber(1, 100).default(1),
        answerWithinSeconds,
        mode: oneOf("original", "enhanced").default("original"),
      },
      "how messages go out",
    ),
    objectOf({ by: z.literal("http"), ...overHttp }, "how messages go out"),
    objectOf({ by: z.literal("folder"), path, extension: extension.default("hl7") }, "how messages go out"),
    objectOf({ by: z.literal("sftp"), ...sftpFields, extension: extension.default("hl7") }, "how messages go out"),
    objectOf(
      { by: z.literal("fhir"), ...overHttp, as: oneOf("transaction", "message").default("transaction") },
      "how messages go out",
    ),
  ],
  { error: 'give how messages go out, with "by": mllp, http, folder, sftp or fhir' },
);

const step = objectOf(
  { afterSeconds: wholeNumber(1, 7 * 86_400), times: wholeNumber(1, 1_000_000) },
  "a step: afterSeconds and times",
);

const retry = objectOf(
  {
    steps: listOf(step, "steps", 20).default([...usualRetry.steps]),
    refused: oneOf("park", "retry").default(usualRetry.refused),
  },
  "when to try again",
);

/** `destinations/<name>.json`. Its name is that of the file, and need not be written. */
export const destinationSchema = objectOf(
  {
    name,
    title,
    outlet,
    content: name.or(z.literal("as-received")).default("as-received"),
    lane: oneOf("patient", "order", "specimen", "destination").default("patient"),
    lanesMax: wholeNumber(1, 1_000).default(16),
    batch: objectOf(
      { messagesMax: wholeNumber(1, 1_000), waitSeconds: wholeNumber(1, 3_600) },
      "a batch: messagesMax and waitSeconds",
    ).exactOptional(),
    retry: retry.prefault({}),
  },
  "a destination: title, outlet and what else it needs",
) satisfies z.ZodType<DestinationSettings>;
