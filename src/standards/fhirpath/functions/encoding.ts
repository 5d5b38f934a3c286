import { type Collection, none, one } from "../node.ts";
import { fail, type Run } from "../run.ts";
import { textOf } from "../values.ts";
import { type FunctionTable, givesString, valueFunction } from "./rule.ts";
import { bounded } from "./strings.ts";

/** Undefined where the text is not of that form. */
type Coding = (text: string) => string | undefined;

const encodings: Readonly<Record<string, Coding>> = {
  hex: (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  base64: (text) => base64(text),
  urlbase64: (text) => base64(text).replaceAll("+", "-").replaceAll("/", "_"),
};

const decodings: Readonly<Record<string, Coding>> = {
  hex: (text) => {
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) return undefined;
    const bytes = text.match(/../g) ?? [];
    return utf8(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  },
  base64: (text) => fromBase64(text),
  urlbase64: (text) => fromBase64(text.replaceAll("-", "+").replaceAll("_", "/")),
};

const htmlNames: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };
const htmlSigns = new Map(Object.entries(htmlNames).map(([sign, name]) => [`&${name};`, sign]));

const escapes: Readonly<Record<string, Coding>> = {
  html: (text) => text.replace(/[&<>"']/g, (sign) => `&${htmlNames[sign]};`),
  json: (text) => JSON.stringify(text).slice(1, -1),
};

const unescapes: Readonly<Record<string, Coding>> = {
  html: (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (name) => htmlSigns.get(name) ?? name),
  json: (text) => {
    try {
      // A quotation mark that is not escaped is taken for itself.
      return JSON.parse(`"${text.replace(/\\[\s\S]|"/g, (found) => (found === '"' ? '\\"' : found))}"`) as string;
    } catch {
      return undefined;
    }
  },
};

/** Source: FHIRPath 3.0 (ballot) §5.6 (Additional string functions). */
export const encodingFunctions: FunctionTable = {
  encode: coding(encodings),
  decode: coding(decodings),
  escape: coding(escapes),
  unescape: coding(unescapes),
};

function coding(codings: Readonly<Record<string, Coding>>) {
  return valueFunction(
    1,
    (run: Run, input: Collection, [format = none]: readonly Collection[]) => {
      const text = textOf(run, input);
      const name = textOf(run, format);
      if (text === undefined || name === undefined) return none;
      const code = Object.hasOwn(codings, name) ? codings[name] : undefined;
      if (code === undefined) return fail(run, "fhirpath-wrong-value", "There is no such encoding.");
      const coded = code(text);
      return coded === undefined ? none : one(bounded(run, coded));
    },
    givesString,
  );
}

function base64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(text: string): string | undefined {
  try {
    return utf8(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
