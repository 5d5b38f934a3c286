import { failed, incorrect, type Json, limits, ok, type Problem, type Result } from "#kernel";
import {
  type Content,
  type DataSet,
  explicitLittle,
  isKnownTransferSyntax,
  type ModelOptions,
  type ModelReading,
  readDicomJson,
  readNativeXml,
  transferSyntaxOf,
  writeDataSet,
} from "#standards/dicom";
import { defaultFrameSyntax, MultipartReader, parseMediaType } from "#standards/dicomweb";
import type { StoredOutcome } from "./stored-outcome.ts";
import { StoredPart, type Storing } from "./stored-part.ts";

interface HeldPart {
  readonly type: string;
  readonly transferSyntax: string | undefined;
  readonly location: string;
  readonly bytes: Uint8Array;
}

/** Metadata in JSON or XML, with bulk data in parts of their own, named by where they are. Source: PS3.18 §10.5.1.4. */
export async function storedModels(storing: Storing, boundary: string): Promise<Result<readonly StoredOutcome[]>> {
  const parts = await heldParts(storing, boundary);
  if (!parts.ok) return parts;
  const bulk = new Map<string, HeldPart[]>();
  for (const part of parts.value.filter(({ type }) => !isModel(type)))
    bulk.set(part.location, [...(bulk.get(part.location) ?? []), part]);
  const outcomes: StoredOutcome[] = [];
  for (const part of parts.value.filter(({ type }) => isModel(type))) {
    const models = modelsOf(part, bulk);
    if (!models.ok) return models;
    for (const model of models.value) outcomes.push(await storeModel(storing, model));
  }
  return ok(outcomes);
}

function isModel(type: string): boolean {
  return type === "application/dicom+json" || type === "application/dicom+xml";
}

/** All of them, as metadata and what they name come in any order; bounded together. */
async function heldParts({ request }: Storing, boundary: string): Promise<Result<readonly HeldPart[]>> {
  const reader = new MultipartReader(boundary);
  const parts: HeldPart[] = [];
  let pieces: Uint8Array[] = [];
  let headers: ReadonlyMap<string, string> = new Map();
  let held = 0;
  const take = (events: ReturnType<MultipartReader["push"]>): Result<void> => {
    for (const event of events) {
      if (event.is === "problem") return failed(event.problem);
      if (event.is === "part") headers = event.headers;
      else if (event.is === "bytes") {
        held += event.bytes.length;
        if (held > limits.storedMetadataBytesMax) return failed(tooLarge);
        pieces.push(event.bytes);
      } else {
        parts.push(partOf(headers, Buffer.concat(pieces)));
        pieces = [];
      }
    }
    return ok(undefined);
  };
  for await (const piece of request.stream ?? []) {
    const taken = piece.ok ? take(reader.push(piece.value)) : piece;
    if (!taken.ok) return taken;
  }
  const ended = take(reader.end());
  return ended.ok ? ok(parts) : ended;
}

const tooLarge = incorrect(
  "body-too-large",
  `Metadata with bulk data have ${limits.storedMetadataBytesMax} bytes at most; send larger objects as application/dicom.`,
);

function partOf(headers: ReadonlyMap<string, string>, bytes: Uint8Array): HeldPart {
  const type = parseMediaType(headers.get("content-type") ?? "");
  return {
    type: type?.name ?? "",
    transferSyntax: type?.parameters.get("transfer-syntax"),
    location: headers.get("content-location") ?? "",
    bytes,
  };
}

interface Model {
  readonly reading: ModelReading;
  /** As its bulk data say. */
  readonly transferSyntax: string | undefined;
}

function modelsOf(part: HeldPart, bulk: ReadonlyMap<string, readonly HeldPart[]>): Result<readonly Model[]> {
  const text = Buffer.from(part.bytes).toString("utf8");
  if (part.type === "application/dicom+xml") return mapOk(xmlModel(text, bulk), (model) => [model]);
  const json = parseJson(text);
  if (json === undefined) return failed(incorrect("model-invalid", "The metadata are no JSON."));
  return ok((Array.isArray(json) ? json : [json]).map((one) => jsonModel(one, bulk)));
}

function mapOk<T, U>(result: Result<T>, made: (value: T) => U): Result<U> {
  return result.ok ? ok(made(result.value)) : result;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function jsonModel(json: Json, bulk: ReadonlyMap<string, readonly HeldPart[]>): Model {
  const found: { syntax?: string } = {};
  return { reading: readDicomJson(json, bulkIn(bulk, found)), transferSyntax: found.syntax };
}

function xmlModel(text: string, bulk: ReadonlyMap<string, readonly HeldPart[]>): Result<Model> {
  const found: { syntax?: string } = {};
  return mapOk(readNativeXml(text, bulkIn(bulk, found)), (reading) => ({ reading, transferSyntax: found.syntax }));
}

/** One part for a value; of compressed pixel data one for each frame. */
function bulkIn(bulk: ReadonlyMap<string, readonly HeldPart[]>, found: { syntax?: string }): ModelOptions {
  return {
    bulkData: (uri): Content | undefined => {
      const parts = bulk.get(uri);
      const [first] = parts ?? [];
      if (parts === undefined || first === undefined) return undefined;
      const syntax = first.transferSyntax ?? defaultFrameSyntax(first.type);
      if (syntax === undefined || !transferSyntaxOf(syntax).isEncapsulated)
        return { is: "bytes", bytes: even(first.bytes), isLittleEndian: true };
      found.syntax = syntax;
      return { is: "fragments", fragments: [new Uint8Array(0), ...parts.map(({ bytes }) => even(bytes))] };
    },
  };
}

function even(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Uint8Array.of(0)]);
}

async function storeModel({ context, study }: Storing, { reading, transferSyntax }: Model): Promise<StoredOutcome> {
  const { dataSet, problems } = reading;
  const sopClass = dataSet.text("SOPClassUID");
  const instance = dataSet.text("SOPInstanceUID");
  const uid = transferSyntax ?? namedSyntax(dataSet) ?? explicitLittle.uid;
  const [problem] = [...problems, ...syntaxProblems(uid)];
  if (problem !== undefined) {
    const told = { ...problem, code: "model-invalid" };
    return { sopClass, instance, result: failed(told) };
  }
  const syntax = transferSyntaxOf(uid);
  const own = dataSet.replacedBy(dataSet.elements.filter(({ tag }) => tag >>> 16 > 2));
  const source = context.actor.reference;
  const wire = { is: "data-set", syntax } as const;
  const part = await StoredPart.open(context, { wire, source, ...(study === undefined ? {} : { study }) });
  await part.write(writeDataSet(own, syntax));
  const { result } = await part.finish();
  return { sopClass, instance, result };
}

/** In metadata the transfer syntax may stand among the elements. */
function namedSyntax(dataSet: DataSet): string | undefined {
  const uid = dataSet.text(0x0002_0010) ?? dataSet.text("AvailableTransferSyntaxUID");
  const isWhole = dataSet.get("PixelData")?.content.is !== "fragments";
  // Values beside metadata are not compressed unless their parts say so.
  return uid !== undefined && isWhole && transferSyntaxOf(uid).isEncapsulated ? undefined : uid;
}

function syntaxProblems(uid: string): readonly Problem[] {
  const { isDeflated } = transferSyntaxOf(uid);
  if (isKnownTransferSyntax(uid) && !isDeflated) return [];
  return [incorrect("transfer-syntax-unknown", "The transfer syntax cannot be written.", { where: "(0002,0010)" })];
}
