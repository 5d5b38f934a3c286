import type {
  Arrival,
  FoundImages,
  ImageAddress,
  ImageKeeping,
  ImageQuery,
  ImageReceiver,
  ImageScope,
  Images,
  InstancesPage,
  InstancesQuestion,
  OpenedImages,
  Received,
} from "#imaging";
import { failed, forbidden, notFound, ok, type Result } from "#kernel";
import type { BlobHash, OpenBlob } from "#record";
import { may } from "../actor.ts";
import type { View } from "../narrow/view.ts";
import { type Deed, endOf, note, refused, witnessed } from "../narrow/witness.ts";
import type { LatelyWitnessed } from "./lately-witnessed.ts";
import { narrowKeeping } from "./narrow-keeping.ts";

const kind = "ImagingStudy";

/** The archive as one actor may see it; `keeping` for those who answer for it. */
export interface NarrowedImages extends Images {
  readonly keeping: Result<ImageKeeping>;
}

export interface ImagesView {
  readonly view: View;
  readonly archive: OpenedImages;
  readonly lately: LatelyWitnessed;
}

/**
 * Images follow the ImagingStudy of their study: who may read that may read them. Studies that nobody has filed under a
 * patient yet are seen by those who keep the archive, and by the nodes that may search it. What is taken in, searched and read is in the audit log before it is
 * answered: a study that is read or sent piece by piece is entered once for each actor and stretch of time, not for each piece.
 */
export function narrowImages({ view, archive, lately }: ImagesView): NarrowedImages {
  const given = new Set<BlobHash>();
  const seen = { view, archive, lately };
  return {
    receive: (arrival) => receive(seen, arrival),
    find: (query) => find(seen, query),
    count: (query) => count(seen, query),
    async instances(question) {
      const page = await instances(seen, question);
      if (page.ok) for (const { blob } of page.value.instances) given.add(blob);
      return page;
    },
    open: async (blob) => open(seen, given, blob),
    keeping: mayKeep(view) ? ok(narrowKeeping({ view, archive })) : failed(keepingForbidden),
  };
}

const keepingForbidden = forbidden(
  "permission-missing",
  "This needs the permission images.keep, which none of your roles gives.",
);

function mayKeep({ actor }: View): boolean {
  return actor.permissions.has("images.keep");
}

async function receive({ view, archive, lately }: ImagesView, arrival: Arrival): Promise<Result<ImageReceiver>> {
  const deed: Deed = { act: "images-store", entities: [kind] };
  if (!may(view.actor, kind, "create")) return refused(view, deed, kind, "create");
  const receiver = await archive.receive(arrival);
  if (!receiver.ok) return receiver;
  const { value } = receiver;
  return ok({
    write: (pieces) => value.write(pieces),
    abandon: () => value.abandon(),
    finish: async () => {
      const received = await value.finish();
      const noted = await noteReceived({ view, lately }, arrival, received);
      return noted.ok ? received : noted;
    },
  });
}

async function noteReceived(
  { view, lately }: Pick<ImagesView, "view" | "lately">,
  { source }: Arrival,
  received: Result<Received>,
): Promise<Result<unknown>> {
  const query = `from ${source}`;
  if (!received.ok) return note(view, { act: "images-store", entities: [kind], query }, endOf(received));
  const { study } = received.value;
  const entities = [studyText(study)];
  return lately.once(view, { act: "images-store", about: `${source} ${study}` }, () =>
    note(view, { act: "images-store", entities, query }, endOf(received)),
  );
}

function studyText(study: string): string {
  return `${kind}?identifier=urn:oid:${study}`;
}

async function find(seen: ImagesView, query: ImageQuery): Promise<Result<FoundImages>> {
  const { view, archive } = seen;
  const asked: Deed = { act: "images-find", entities: [kind], query: queryText(query) };
  const scope = await scopeOf(view, "search");
  if (!scope.ok) return witnessed(view, asked, scope);
  const found = await archive.within(scope.value).find(query);
  const patients = found.ok ? [...new Set(found.value.rows.flatMap(({ study }) => patientsOf(study?.patient)))] : [];
  return witnessed(view, { ...asked, patients }, found);
}

async function count({ view, archive }: ImagesView, query: ImageQuery): Promise<Result<number>> {
  const asked: Deed = { act: "images-find", entities: [kind], query: `count ${queryText(query)}` };
  const scope = await scopeOf(view, "search");
  return witnessed(view, asked, scope.ok ? await archive.within(scope.value).count(query) : scope);
}

async function instances(
  { view, archive, lately }: ImagesView,
  question: InstancesQuestion,
): Promise<Result<InstancesPage>> {
  const asked: Deed = { act: "images-read", entities: [addressText(question.address)] };
  const scope = await scopeOf(view, "read");
  if (!scope.ok) return witnessed(view, asked, scope);
  const page = await archive.within(scope.value).instances(question);
  const [first] = page.ok ? page.value.instances : [];
  if (first === undefined) return witnessed(view, asked, page);
  const noted = await lately.once(view, { act: "images-read", about: first.study }, () =>
    note(
      view,
      { act: "images-read", entities: [studyText(first.study)], patients: patientsOf(first.patient) },
      endOf(page),
    ),
  );
  return noted.ok ? page : noted;
}

async function open(
  { view, archive }: ImagesView,
  given: ReadonlySet<BlobHash>,
  blob: BlobHash,
): Promise<Result<OpenBlob>> {
  if (given.has(blob)) return archive.open(blob);
  const unknown = failed(notFound("not-found", "There is no such object."));
  return witnessed(view, { act: "images-read", entities: [`Blob/${blob}`] }, unknown);
}

/** Which studies are seen: those whose ImagingStudy is, and to other nodes and those who keep the archive those without one too. */
async function scopeOf(view: View, action: "read" | "search"): Promise<Result<ImageScope>> {
  if (!may(view.actor, kind, action))
    return failed(forbidden("kind-forbidden", "Your roles do not allow reading images."));
  const clauses = await view.visibility.of(kind, action);
  if (!clauses.ok) return clauses;
  const withUnfiled = mayKeep(view) || view.actor.unrestricted === true;
  if (withUnfiled && clauses.value.length === 0) return ok({ is: "all" });
  return ok({ is: "documents", all: clauses.value, withUnfiled });
}

function patientsOf(patient: string | undefined): readonly string[] {
  return patient === undefined ? [] : [`Patient/${patient}`];
}

function addressText({ study, series, instance }: ImageAddress): string {
  if (study !== undefined) return studyText(study);
  return `${kind}?${series === undefined ? "instance" : "series"}=${series ?? instance ?? ""}`;
}

/** Which attributes were asked for; of their values only UIDs, which identify nobody by themselves. */
function queryText({ level, match }: ImageQuery): string {
  const asked = match.map(({ path, test }) => {
    const name = path.map((tag) => tag.toString(16).padStart(8, "0")).join(".");
    const isUid = test.is === "one-of" && test.values.every((value) => /^[0-9.]+\.[0-9.]+$/.test(value));
    return test.is === "one-of" && isUid ? `${name}=${test.values.slice(0, 10).join(",")}` : name;
  });
  return [level, ...asked].join(" ").slice(0, 1000);
}
