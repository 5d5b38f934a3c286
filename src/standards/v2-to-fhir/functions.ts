import type { Json } from "#kernel";
import { checkNhsNumber, nhsNumberSystem } from "#standards/fhir";
import { readDateTime } from "#standards/hl7v2";
import type { Conversion } from "./convert.ts";

/** What a row's `@name(…)` is given: the texts of its arguments, in order, and the run's means of converting. */
export interface FunctionInput {
  readonly texts: readonly string[];
  readonly conversion: Conversion;
}

/** A typed pure function for what rows cannot say. Undefined: there is nothing to write. */
export type RowFunction = (input: FunctionInput) => Json | undefined;

/** The functions of the base. A layer's rows may call them; a program adds its own when it compiles the rows. */
export const rowFunctions: Readonly<Record<string, RowFunction>> = {
  now: ({ conversion }) => conversion.now,
  "message-base64": ({ conversion }) => conversion.messageBase64,
  "sender-system": ({ texts: [application = "", facility = ""] }) =>
    `urn:corridor:messages:${encodeURIComponent([application, facility].join("|"))}`,
  corridor: () => "Corridor",
  base64: ({ texts: [data = "", encoding = ""] }) => base64Of(data, encoding),
  minutes: ({ texts: [amount = "", unit = ""] }) => wholeMinutes(amount, unit),
  day: ({ texts: [number = ""] }) => ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][Number(number) - 1],
  "full-name": ({ texts }) => texts.filter((text) => text !== "").join(" ") || undefined,
  "nhs-number": ({ texts: [text = ""] }) => nhsNumberIn(text),
  "nhs-number-system": ({ texts: [text = ""] }) => nhsNumberIn(text) && nhsNumberSystem,
  plus: (input) => shifted(input, 1),
  minus: (input) => shifted(input, -1),
};

/** Ten digits with a fitting check digit; undefined for anything else. */
function nhsNumberIn(text: string): string | undefined {
  const checked = checkNhsNumber(text);
  return checked.ok ? checked.value : undefined;
}

/** ED: `Base64` stays, `Hex` is rewritten, `A` is the text itself. Source: HL7 v2.5.1 table 0299. */
function base64Of(data: string, encoding: string): string | undefined {
  if (encoding === "Base64") return data.replace(/\s+/g, "");
  if (encoding === "Hex") {
    const pairs = data.match(/[0-9A-Fa-f]{2}/g) ?? [];
    return btoa(String.fromCharCode(...pairs.map((pair) => Number.parseInt(pair, 16))));
  }
  const bytes = new TextEncoder().encode(data);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

const minutesOf: Readonly<Record<string, number>> = {
  s: 1 / 60,
  m: 1,
  min: 1,
  h: 60,
  hr: 60,
  d: 1440,
  w: 10_080,
  wk: 10_080,
};

function minutesIn(amount: string, unit: string): number | undefined {
  const each = unit === "" ? 1 : (minutesOf[unit.toLowerCase()] ?? minutesOf[unit.charAt(0).toLowerCase()]);
  const number = Number(amount);
  return each === undefined || amount === "" || Number.isNaN(number) ? undefined : number * each;
}

function wholeMinutes(amount: string, unit: string): number | undefined {
  const minutes = minutesIn(amount, unit);
  return minutes === undefined || minutes < 0 ? undefined : Math.round(minutes);
}

/** A time moved by an amount with its unit: `@plus(AIG-8, AIG-11, AIG-12)`. */
function shifted(
  { texts: [start = "", amount = "", unit = ""], conversion }: FunctionInput,
  sign: 1 | -1,
): string | undefined {
  const read = readDateTime({ text: start }, conversion);
  const minutes = minutesIn(amount, unit);
  if (!read.ok || !read.value.text.includes("T") || minutes === undefined) return undefined;
  const moved = Date.parse(read.value.text) + sign * minutes * 60_000;
  return Number.isNaN(moved) ? undefined : new Date(moved).toISOString();
}
