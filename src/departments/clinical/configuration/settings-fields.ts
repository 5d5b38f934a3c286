import { z } from "zod";

/**
 * The values that files of links are made of. Each says what to give where it is wrong or missing; the sentence follows
 * the file and the place in it.
 */

/** `lab`, `gp-letters`: how links, destinations, layers, tables and routes are called. */
export const name = matching(
  /^[a-z0-9][a-z0-9-]{0,39}$/,
  "a name of small letters, digits and hyphens, 40 characters at most",
);

export const title = text("what people call it, in a few words");

export function text(what: string) {
  const error = `give ${what}`;
  return z.string({ error }).trim().min(1, { error }).max(1_000, { error });
}

export function matching(pattern: RegExp, what: string) {
  const error = `give ${what}`;
  return z.string({ error }).regex(pattern, { error });
}

export function wholeNumber(from: number, to: number) {
  const error = `give a whole number from ${from} to ${to}`;
  return z.number({ error }).int({ error }).min(from, { error }).max(to, { error });
}

export const yesOrNo = z.boolean({ error: "give true or false" });

export function oneOf<const T extends readonly [string, ...string[]]>(...words: T) {
  return z.enum(words, { error: `give ${words.slice(0, -1).join(", ")} or ${words.at(-1)}` });
}

export function listOf<T extends z.ZodType>(item: T, what: string, most = 1_000) {
  const error = `give a list of ${what}, ${most} at most`;
  return z.array(item, { error }).max(most, { error });
}

/** A value for each name. */
export function tableOf<K extends z.ZodType<string, string>, V extends z.ZodType>(key: K, value: V, what: string) {
  return z.record(key, value, { error: `give ${what}` });
}

/** An object of which every member is known: one that is not would be a setting without effect. */
export function objectOf<T extends z.ZodRawShape>(shape: T, what: string) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return `give ${what}`;
      const unknown = issue.keys.map((key) => `"${key}"`).join(", ");
      return `take out ${unknown}, which means nothing here (known are ${Object.keys(shape).join(", ")})`;
    },
  });
}

/** Configuration is deployed to where Corridor runs, so a path that depends on the folder of a command leads nowhere. */
export const path = matching(/^(\/|[A-Za-z]:[\\/])/, "the whole path, from the root on").max(1_000);

export const host = matching(/^[A-Za-z0-9.:_-]{1,253}$/, "the name or address of a machine");

/** 0 takes a free one. */
export const openPort = wholeNumber(0, 65_535);
export const port = wholeNumber(1, 65_535);

export const network = matching(
  /^(\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(\/\d{1,3})?)$/,
  "an address or a network, such as 10.1.2.3 or 10.1.0.0/16",
);

/** Where a password in it would be read by everybody who reads the configuration. */
export const webAddress = matching(
  /^https?:\/\/[^\s/@?#]+(\/[^\s#]*)?$/,
  "an address such as https://receiver.example/messages, without a user name or password in it",
);

export const messageType = matching(
  /^[A-Z][A-Z0-9]{2}(\^[A-Z][A-Z0-9]{2})?$/,
  "a type of message, such as ORU^R01, or ORU for all its events",
);

export const place = matching(
  /^[A-Z][A-Z0-9]{2}-[1-9]\d{0,2}(\.[1-9]\d?)?$/,
  "a field of a message, such as OBR-24 or PV1-3.1",
);

export const pattern = matching(/^[^/\\]{1,200}$/, "a pattern of file names, such as *.hl7");

/** Of files that Corridor writes. */
export const extension = matching(/^[A-Za-z0-9]{1,20}$/, "an ending of file names without the dot, such as hl7");

const secretNames = /auth|cookie|key|token|secret|password|credential/i;

const headerName = matching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, "the name of a header");

/** Those whose names say that they hold a secret are kept in files, and the configuration holds where. */
export const headers = tableOf(
  headerName.refine((header) => !secretNames.test(header), {
    error:
      "put its value into a file, and name that file in secretHeaders: whoever reads the configuration would see it",
  }),
  matching(/^[\t\x20-\x7e]{0,4000}$/, "the value of a header, on one line"),
  "headers with their values",
);

/** Files whose only line is the value of the header. */
export const secretHeaders = tableOf(
  headerName,
  path,
  "headers, each with the whole path of the file that holds its value",
);
