import { type HttpReply, type Ids, type JsonObject, ok, type Result } from "#kernel";
import { nativeXml, readDicomJson } from "#standards/dicom";
import { multipartWriter, type Offer } from "#standards/dicomweb";

/** Data sets as text: JSON in one list, XML in parts of their own. Source: PS3.18 §8.7.3. */
export const modelOffers: readonly Offer[] = [
  { name: "application/dicom+json", isMultipart: false },
  { name: "application/dicom+xml", isMultipart: true },
];

/** `objects` are texts of DICOM JSON objects. */
export function modelBody(objects: readonly string[], { name }: Offer, ids: Ids): Result<HttpReply> {
  if (name === "application/dicom+json") {
    return ok({ status: 200, headers: { "content-type": name }, body: `[${objects.join(",\n")}]` });
  }
  const writer = multipartWriter(boundaryFrom(ids), name);
  const type = { "Content-Type": name };
  const parts = objects.flatMap((text) => [writer.head(type), Buffer.from(xmlOf(text))]);
  return ok({
    status: 200,
    headers: { "content-type": writer.contentType },
    body: Buffer.concat([...parts, writer.end]),
  });
}

/** The Native DICOM Model of a DICOM JSON object; what stands elsewhere stays there. */
export function xmlOf(text: string): string {
  const places = new Map<string, string>();
  const { dataSet } = readDicomJson(JSON.parse(text) as JsonObject, {
    bulkData: (uri) => {
      // Bytes that stand for an address until it is written.
      const bytes = new TextEncoder().encode(uri);
      places.set(uri, uri);
      return { is: "bytes", bytes, isLittleEndian: true };
    },
  });
  const { xml } = nativeXml(dataSet, {
    bulkDataUri: ({ content }) =>
      content.is === "bytes" ? places.get(new TextDecoder().decode(content.bytes)) : undefined,
  });
  return xml;
}

/** Drawn anew for each answer, so that no part can hold it. */
export function boundaryFrom(ids: Ids): string {
  return `corridor-${ids.next().replaceAll(/[^A-Za-z0-9]/g, "")}`;
}
