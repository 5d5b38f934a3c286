import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, type HttpReply, type HttpRequest, incorrect, type JsonObject, limits, type Result } from "#kernel";
import { type DataSet, readDicomJson } from "#standards/dicom";
import { chooseMedia } from "#standards/dicomweb";
import { acceptOf, onlyParameters } from "./image-place.ts";
import { modelBody, modelOffers } from "./model-body.ts";
import { attributesOf } from "./workitems/keep-workitems.ts";

/** No Such Object Instance; Class / Instance Conflict; Processing Failure. Source: PS3.3 §C.14.1.1. */
const reasons = { absent: 0x0112, differs: 0x0119, failed: 0x0110 } as const;

interface Asked {
  readonly sopClass: string;
  readonly instance: string;
}

/**
 * Says of each object whether it is kept: in the index, of the class that is named, its bytes there in full. The answer is at once.
 * Source: PS3.18 Chapter 13, Annex J.
 */
export async function commitStorage(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const known = onlyParameters(request, []);
  if (!known.ok) return known;
  const chosen = chooseMedia(acceptOf(request), modelOffers);
  if (!chosen.ok) return chosen;
  if (!/^[0-9.]{1,64}$/.test(request.params.transaction ?? "")) {
    return failed(incorrect("uid-invalid", "The Transaction UID is digits and full stops, 64 at most."));
  }
  const attributes = attributesOf(request.body);
  if (!attributes.ok) return attributes;
  const asked = askedOf(readDicomJson(attributes.value).dataSet);
  if (asked.length === 0 || asked.length > limits.commitmentObjectsMax) {
    const message = `ReferencedSOPSequence names objects, ${limits.commitmentObjectsMax} at most.`;
    return failed(incorrect("model-invalid", message, { where: "(0008,1199)" }));
  }
  const kept: Asked[] = [];
  const missing: (Asked & { readonly reason: number })[] = [];
  for (const one of asked) {
    const reason = await reasonAgainst(context, one);
    if (reason === undefined) kept.push(one);
    else missing.push({ ...one, reason });
  }
  return modelBody([JSON.stringify(answerOf(kept, missing))], chosen.value.offer, context.ids);
}

function askedOf(dataSet: DataSet): readonly Asked[] {
  return dataSet.items("ReferencedSOPSequence").map((item) => ({
    sopClass: item.text("ReferencedSOPClassUID") ?? "",
    instance: item.text("ReferencedSOPInstanceUID") ?? "",
  }));
}

async function reasonAgainst(context: Context, { sopClass, instance }: Asked): Promise<number | undefined> {
  if (instance === "") return reasons.absent;
  const page = await context.images.instances({ address: { instance }, withMetadata: false, limit: 1 });
  if (!page.ok) return reasons.failed;
  const [object] = page.value.instances;
  if (object === undefined) return reasons.absent;
  if (object.sopClass !== sopClass) return reasons.differs;
  return (await isThere(context, object)) ? undefined : reasons.failed;
}

async function isThere({ images }: Context, { blob, sizeBytes }: StoredInstance): Promise<boolean> {
  const opened = await images.open(blob);
  if (!opened.ok) return false;
  await opened.value.close();
  return opened.value.sizeBytes === sizeBytes;
}

function answerOf(kept: readonly Asked[], missing: readonly (Asked & { readonly reason: number })[]): JsonObject {
  const reference = ({ sopClass, instance }: Asked) => ({
    "00081150": { vr: "UI", Value: [sopClass] },
    "00081155": { vr: "UI", Value: [instance] },
  });
  const failures = missing.map((one) => ({ ...reference(one), "00081197": { vr: "US", Value: [one.reason] } }));
  return {
    ...(failures.length === 0 ? {} : { "00081198": { vr: "SQ", Value: failures } }),
    ...(kept.length === 0 ? {} : { "00081199": { vr: "SQ", Value: kept.map(reference) } }),
  };
}
