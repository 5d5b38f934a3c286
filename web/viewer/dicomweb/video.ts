import { type JsonDataSet, textOf } from "./attributes.ts";
import { getInstanceFile } from "./requests.ts";

/** What a browser may make of the stream of a video. */
export type Video =
  | { readonly is: "playable"; readonly blob: Blob }
  /** Why not, in plain words. */
  | { readonly is: "refused"; readonly reason: string };

/** Whether the pixels of an instance are a video. Source: PS3.5 §8.2.5 to §8.2.8. */
export function isVideo(instance: JsonDataSet): boolean {
  return /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](?:\.1)?$/.test(textOf(instance, "00083002") ?? "");
}

/** The stream of a video, its fragments put together. Throws `RequestFailed`. Source: PS3.5 §A.4.6 to §A.4.8. */
export async function getVideo(instance: JsonDataSet): Promise<Video> {
  const [study = "", series = "", uid = ""] = ["0020000D", "0020000E", "00080018"].map((tag) => textOf(instance, tag));
  const [file, { readPart10 }] = await Promise.all([
    getInstanceFile({ study, series, uid }),
    import("#standards/dicom"),
  ]);
  const content = readPart10(file).file?.dataSet.get("PixelData")?.content;
  if (content?.is !== "fragments") return { is: "refused", reason: "its stream is not there." };
  // The first is the table of offsets.
  const [, ...fragments] = content.fragments;
  return videoOf(fragments.map((fragment) => new Uint8Array(fragment)));
}

/** Browsers play what lies in a container of MP4; a transport stream, and a bare one, they do not. */
function videoOf(fragments: readonly Uint8Array<ArrayBuffer>[]): Video {
  const [first] = fragments;
  if (first === undefined) return { is: "refused", reason: "its stream is empty." };
  const brand = String.fromCharCode(...first.subarray(4, 8));
  if (brand === "ftyp") return { is: "playable", blob: new Blob([...fragments], { type: "video/mp4" }) };
  const container = first[0] === transportSync ? "an MPEG transport stream" : "a bare MPEG stream";
  return { is: "refused", reason: `it is ${container}, which browsers do not play.` };
}

/** The byte that each packet of a transport stream begins with. Source: ISO/IEC 13818-1 §2.4.3.3. */
const transportSync = 0x47;
