import { type JsonDataSet, numbersOf, textOf } from "../dicomweb/attributes.ts";
import { getBulkData } from "../dicomweb/requests.ts";

const tables = [
  ["00281101", "00281201"],
  ["00281102", "00281202"],
  ["00281103", "00281203"],
] as const;

/**
 * Instances with the tables of their colours as numbers, which the DICOM JSON model gives as bytes or as an address. An instance
 * whose tables cannot be had stays as it is. Source: PS3.3 C.7.6.3.1.5.
 */
export async function withPalettes(instances: readonly JsonDataSet[]): Promise<readonly JsonDataSet[]> {
  const read = new Map<string, Promise<Uint8Array>>();
  const bytesAt = (uri: string) => {
    const bytes = read.get(uri) ?? getBulkData(uri);
    read.set(uri, bytes);
    return bytes;
  };
  return Promise.all(
    instances.map((instance) =>
      textOf(instance, "00280004") === "PALETTE COLOR"
        ? withPalette(instance, bytesAt).catch(() => instance)
        : Promise.resolve(instance),
    ),
  );
}

async function withPalette(instance: JsonDataSet, bytesAt: (uri: string) => Promise<Uint8Array>): Promise<JsonDataSet> {
  const found = await Promise.all(
    tables.map(async ([descriptor, table]) => {
      const element = instance[table];
      if (element === undefined || element.Value !== undefined) return undefined;
      const bytes =
        element.InlineBinary === undefined
          ? await bytesAt(element.BulkDataURI ?? "")
          : Uint8Array.from(atob(element.InlineBinary), (sign) => sign.charCodeAt(0));
      const [entries = 0] = numbersOf(instance, descriptor);
      return [table, { vr: element.vr, Value: entriesOf(bytes, entries || 65_536) }] as const;
    }),
  );
  return { ...instance, ...Object.fromEntries(found.filter((one) => one !== undefined)) };
}

/** One byte an entry, where there are no more bytes than entries; else two, the lower first. */
function entriesOf(bytes: Uint8Array, entries: number): readonly number[] {
  if (bytes.length < entries * 2) return [...bytes];
  return Array.from({ length: entries }, (_, index) => (bytes[index * 2] ?? 0) + (bytes[index * 2 + 1] ?? 0) * 256);
}
