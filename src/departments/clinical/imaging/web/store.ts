import type { Context } from "#access";
import type { Received } from "#imaging";
import { failed, type HttpReply, type HttpRequest, incorrect, limits, ok, type Result, unsupported } from "#kernel";
import { chooseMedia, MultipartReader, parseMediaType } from "#standards/dicomweb";
import { acceptOf, addressUrl, placeOf } from "./image-place.ts";
import { modelBody, modelOffers, xmlOf } from "./model-body.ts";
import { storedModels } from "./stored-models.ts";
import { type StoredOutcome, storedAnswer, storedStatus } from "./stored-outcome.ts";
import { StoredPart, type Storing } from "./stored-part.ts";

/**
 * Takes objects in (STOW-RS): files, one or in parts, or metadata with their bulk data. Each is on disk and indexed before it is
 * named as stored. Source: PS3.18 §10.5.
 */
export async function store(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const place = placeOf(request, []);
  if (!place.ok) return place;
  const offers = [...modelOffers, { name: "application/dicom+xml", isMultipart: false }];
  const chosen = chooseMedia(acceptOf(request), offers);
  if (!chosen.ok) return chosen;
  const outcomes = await take({ request, context, study: place.value.study });
  if (!outcomes.ok) return outcomes;
  if (outcomes.value.length === 0) return failed(incorrect("nothing-to-store", "The request holds no object."));
  const urlOf = (received?: Received) =>
    received === undefined ? `${addressUrl(request.origin, {})}` : addressUrl(request.origin, received);
  const answer = JSON.stringify(storedAnswer(outcomes.value, urlOf));
  const { name, isMultipart } = chosen.value.offer;
  const status = storedStatus(outcomes.value);
  if (name === "application/dicom+json") {
    return ok({ status, headers: { "content-type": name }, body: answer });
  }
  if (!isMultipart) return ok({ status, headers: { "content-type": name }, body: xmlOf(answer) });
  const body = modelBody([answer], chosen.value.offer, context.ids);
  return body.ok ? ok({ ...body.value, status }) : body;
}

async function take(storing: Storing): Promise<Result<readonly StoredOutcome[]>> {
  const type = parseMediaType(storing.request.headers["content-type"] ?? "");
  if (type?.name === "application/dicom") return takeFile(storing);
  const boundary = type?.parameters.get("boundary");
  const inner = parseMediaType(type?.parameters.get("type") ?? "application/dicom")?.name;
  if (type?.name !== "multipart/related") return failed(wrongType);
  if (boundary === undefined || !/^[\x20-\x7e]{1,200}$/.test(boundary)) return failed(noBoundary);
  switch (inner) {
    case "application/dicom":
      return takeFiles(storing, boundary);
    case "application/dicom+json":
    case "application/dicom+xml":
      return storedModels(storing, boundary);
    default:
      return failed(wrongType);
  }
}

const wrongType = unsupported(
  "media-type-not-supported",
  "Objects come as application/dicom, or as multipart/related of application/dicom, application/dicom+json or application/dicom+xml.",
  { where: "content-type" },
);
const noBoundary = incorrect("boundary-missing", "The content-type of a multipart body names its boundary.", {
  where: "content-type",
});

function openPart({ context, study }: Storing): Promise<StoredPart> {
  const source = context.actor.reference;
  return StoredPart.open(context, { wire: { is: "file" }, source, ...(study === undefined ? {} : { study }) });
}

async function takeFile(storing: Storing): Promise<Result<readonly StoredOutcome[]>> {
  const part = await openPart(storing);
  for await (const piece of storing.request.stream ?? []) {
    if (!piece.ok) {
      await part.abandon();
      return piece;
    }
    await part.write(piece.value);
  }
  return ok([await part.finish()]);
}

/** Several wait for the disk at once, so that they share its work. */
class Finishing {
  readonly #outcomes: Promise<StoredOutcome>[] = [];
  readonly #open = new Set<Promise<StoredOutcome>>();

  async add(part: StoredPart): Promise<void> {
    const finishing = part.finish();
    this.#outcomes.push(finishing);
    this.#open.add(finishing);
    const done = () => this.#open.delete(finishing);
    finishing.then(done, done);
    if (this.#open.size >= limits.storedInFlightMax) await Promise.race(this.#open);
  }

  all(): Promise<readonly StoredOutcome[]> {
    return Promise.all(this.#outcomes);
  }
}

/** What was whole before the body broke off is stored, and told. */
async function takeFiles(storing: Storing, boundary: string): Promise<Result<readonly StoredOutcome[]>> {
  const reader = new MultipartReader(boundary);
  const finishing = new Finishing();
  let part: StoredPart | undefined;
  let broken: Result<never> | undefined;
  const pushed = async (events: ReturnType<MultipartReader["push"]>) => {
    for (const event of events) {
      if (event.is === "part") part = await openPart(storing);
      else if (event.is === "bytes") await part?.write(event.bytes);
      else if (event.is === "problem") broken = failed(event.problem);
      else if (part !== undefined) {
        await finishing.add(part);
        part = undefined;
      }
    }
  };
  for await (const piece of storing.request.stream ?? []) {
    if (!piece.ok) broken = piece;
    else await pushed(reader.push(piece.value));
    if (broken !== undefined) break;
  }
  if (broken === undefined) await pushed(reader.end());
  await part?.abandon();
  const outcomes = await finishing.all();
  if (broken === undefined) return ok(outcomes);
  return outcomes.length === 0
    ? broken
    : ok([...outcomes, { sopClass: undefined, instance: undefined, result: broken }]);
}
