/**
 * The sample messages of microsoft/FHIR-Converter: what is read is written back byte for byte, with each kind of line
 * end; and every value of a message is a leaf, found again at the position it tells.
 */
import { leaves, readMessage, readPath, type Segment, writeMessage } from "#standards/hl7v2";
import { overSamples } from "../hl7v2-samples.ts";
import type { SuiteResult } from "./suite.ts";

export function run(): Promise<SuiteResult> {
  return overSamples((bytes) => lineEndVariants(bytes).flatMap(faultsOf));
}

interface Variant {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The samples have LF; the wire has CR. */
function lineEndVariants(bytes: Uint8Array): readonly Variant[] {
  const text = Buffer.from(bytes).toString("latin1");
  const variant = (name: string, changed: string) => ({ name, bytes: new Uint8Array(Buffer.from(changed, "latin1")) });
  return [
    variant("as it is", text),
    variant("CR", text.replaceAll("\n", "\r")),
    variant("CRLF", text.replaceAll("\n", "\r\n")),
    variant("blank lines", text.replaceAll("\n", "\r\r")),
    variant("no last line end", text.replace(/[\r\n]+$/, "")),
  ];
}

function faultsOf({ name, bytes }: Variant): string[] {
  const message = readMessage(bytes);
  const faults: string[] = [];
  const written = message.encoding.charset.encode(writeMessage(message)).bytes;
  if (Buffer.compare(written, bytes) !== 0) faults.push(`with ${name}, the bytes written differ`);
  const changed = message.segments.find((segment) => rebuilt(segment) !== segment.raw);
  if (changed !== undefined) faults.push(`with ${name}, ${changed.where} is not made of its values`);
  const found = [...leaves(message)];
  const expected = message.segments.flatMap(valuesOf);
  if (found.map(({ raw }) => raw).join("\n") !== expected.join("\n")) faults.push(`with ${name}, the leaves differ`);
  const lost = found.find((leaf) => readPath(message, leaf.where)?.raw !== leaf.raw);
  if (lost !== undefined) faults.push(`with ${name}, ${lost.where} does not find itself`);
  if (new Set(found.map(({ where }) => where)).size !== found.length)
    faults.push(`with ${name}, a position is not unique`);
  return faults;
}

/** The segment put together from its subcomponents up. */
function rebuilt(segment: Segment): string {
  const { field, repetition, component, subcomponent } = segment.encoding.delimiters;
  const isHeader = segment.name === "MSH";
  const texts = [segment.name];
  for (let number = isHeader ? 2 : 1; number <= segment.fieldCount; number += 1) {
    const repetitions = segment.repetitions(number).map((value) => {
      const parts = value.parts.map((part) => part.parts.map(({ raw }) => raw).join(subcomponent));
      return value.parts.length === 0 ? value.raw : parts.join(component);
    });
    texts.push(repetitions.join(repetition));
  }
  return texts.join(field);
}

/** The values by the plainest of means: whatever stands between delimiters. */
function valuesOf(segment: Segment): string[] {
  const { field, repetition, component, subcomponent } = segment.encoding.delimiters;
  const [name, ...fields] = segment.raw.split(field);
  const isHeader = name === "MSH";
  const whole = isHeader ? [field, fields.shift() ?? ""] : [];
  const values = [repetition, component, subcomponent].reduce(
    (pieces, separator) => pieces.flatMap((piece) => piece.split(separator)),
    fields,
  );
  return [...whole, ...values].filter((value) => value !== "");
}

if (import.meta.main) {
  const { passed, total, excluded, failures } = await run();
  for (const failure of failures) console.log(failure);
  console.log(`hl7v2-roundtrip: passed ${passed} of ${total}, excluded ${excluded}`);
}
