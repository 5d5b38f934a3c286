import { incorrect, type Problem } from "#kernel";
import {
  type CommandElement,
  type CommandName,
  type CommandValues,
  commandElements,
  commandFields,
  commandName,
  requiredFields,
} from "./command-fields.ts";
import { latin1, latin1Bytes } from "./octets.ts";

/** A command set with its name, and whether a data set follows it. */
export interface Command extends CommandValues {
  readonly name: CommandName;
  readonly hasDataSet: boolean;
}

/** (0000,0800): no data set follows. Source: PS3.7 §E.1. */
const noDataSet = 0x0101;

const elementHeaderBytes = 8;

/** Group 0000 in implicit little endian, its length first. Values longer than an element may be are cut. */
export function writeCommand(command: Command): Uint8Array {
  const values: CommandValues = {
    ...command,
    commandField: commandFields[command.name],
    dataSetType: command.hasDataSet ? 0x0001 : noDataSet,
  };
  const parts: { readonly element: number; readonly bytes: Uint8Array }[] = [];
  for (const row of commandElements) {
    const value = values[row.field];
    if (value !== undefined) parts.push({ element: row.element, bytes: valueBytes(row, value) });
  }
  const length = parts.reduce((sum, { bytes }) => sum + elementHeaderBytes + bytes.length, 0);
  const whole = new Uint8Array(elementHeaderBytes + 4 + length);
  const view = new DataView(whole.buffer);
  let at = writeHeader(view, { at: 0, element: 0, length: 4 });
  view.setUint32(at, length, true);
  at += 4;
  for (const { element, bytes } of parts) {
    at = writeHeader(view, { at, element, length: bytes.length });
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}

function writeHeader(view: DataView, { at, element, length }: { at: number; element: number; length: number }): number {
  view.setUint16(at + 2, element, true);
  view.setUint32(at + 4, length, true);
  return at + elementHeaderBytes;
}

function valueBytes({ vr }: CommandElement, value: string | number | readonly number[]): Uint8Array {
  if (typeof value === "number") return Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
  if (typeof value === "string") return padded(latin1Bytes(vr === "LO" ? value.slice(0, 64) : value), vr);
  const bytes = new Uint8Array(value.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, tag] of value.entries()) {
    view.setUint16(index * 4, tag >>> 16, true);
    view.setUint16(index * 4 + 2, tag & 0xffff, true);
  }
  return bytes;
}

function padded(bytes: Uint8Array, vr: CommandElement["vr"]): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1);
  even.fill(vr === "UI" ? 0 : 0x20);
  even.set(bytes);
  return even;
}

export interface CommandReading {
  /** Undefined for what is no command set, or one that nobody knows. */
  readonly command: Command | undefined;
  readonly problems: readonly Problem[];
}

const rows: ReadonlyMap<number, CommandElement> = new Map(commandElements.map((row) => [row.element, row]));

/**
 * A command set from its bytes; elements that are not known are left out. Problems: `dimse-command-invalid`,
 * `dimse-command-unknown`, `dimse-field-missing`, each with the tag.
 */
export function readCommand(bytes: Uint8Array): CommandReading {
  const values: Record<string, unknown> = {};
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < elementHeaderBytes) return invalid("ends within an element");
    const [group, element, length] = [
      view.getUint16(at, true),
      view.getUint16(at + 2, true),
      view.getUint32(at + 4, true),
    ];
    at += elementHeaderBytes;
    if (group !== 0 || length > bytes.length - at) return invalid("has an element that is not of it");
    const row = rows.get(element);
    if (row !== undefined) values[row.field] = readValue(row, bytes.subarray(at, at + length));
    at += length;
  }
  return named(values as CommandValues);
}

function named(values: CommandValues): CommandReading {
  const name = commandName(values.commandField ?? -1);
  if (name === undefined) {
    const where = { where: "(0000,0100)" };
    return { command: undefined, problems: [incorrect("dimse-command-unknown", "The command is not known.", where)] };
  }
  const missing = requiredFields[name].filter((field) => values[field] === undefined);
  const problems = missing.map((field) => incorrect("dimse-field-missing", `${name} has no ${field}.`, at(field)));
  const hasDataSet = values.dataSetType !== undefined && values.dataSetType !== noDataSet;
  return { command: { ...values, name, hasDataSet }, problems };
}

function at(field: keyof CommandValues): { readonly where: string } {
  const element = commandElements.find((row) => row.field === field)?.element ?? 0;
  return { where: `(0000,${element.toString(16).toUpperCase().padStart(4, "0")})` };
}

function invalid(what: string): CommandReading {
  const problem = incorrect("dimse-command-invalid", `The command set ${what}.`, { where: "(0000,0000)" });
  return { command: undefined, problems: [problem] };
}

/** Undefined for a number that is not there. */
function readValue({ vr }: CommandElement, bytes: Uint8Array): string | number | readonly number[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (vr === "US") return bytes.length < 2 ? undefined : view.getUint16(0, true);
  if (vr === "AT") {
    return Array.from(
      { length: Math.floor(bytes.length / 4) },
      (_, index) => view.getUint16(index * 4, true) * 0x1_0000 + view.getUint16(index * 4 + 2, true),
    );
  }
  return latin1(bytes)
    .replace(/^ +/, "")
    .replace(/[\0 ]+$/, "");
}
