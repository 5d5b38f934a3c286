import { type Actor, answers, answersBody, answersQuery, type Context } from "#access";
import { failed, incorrect, ok, type Result, type Route, toIso } from "#kernel";
import { parseBody } from "#record";
import {
  decisionReasonBody,
  type EditView,
  editBody,
  filingBody,
  rejectionBody,
  type TwinView,
  waitingQuery,
} from "../../api/image-keeping.ts";
import { editStudy } from "./edit-study.ts";
import { fetchWaiting } from "./fetch-waiting.ts";
import { fileByHand } from "./file-by-hand.ts";
import { type ImageEdit, imageEditId, imageEditKind } from "./image-edit.ts";
import { storageView } from "./storage-forecast.ts";

export interface KeepingRoutesNeeds {
  /** What filing does for somebody: with the rights of filing, under their own name. */
  forFiling(actor: Actor): Context;
  /** Free on the disk that holds the objects; undefined for storage that does not say. */
  freeBytes(): Promise<number | undefined>;
}

const base = "/api/clinical/images";

/** What a PACS administrator does: studies without a patient, edits, rejections, deletions, and how much there is. */
export function keepingRoutes(needs: KeepingRoutesNeeds): readonly Route<Context>[] {
  return [
    get(
      "/waiting",
      "Studies that wait for a person, with how many of each kind there are",
      answersQuery(waitingQuery, (query, { context }) => fetchWaiting(needs.forFiling(context.actor), query)),
    ),
    get(
      "/twins",
      "Objects that came under the UID of another and are kept aside",
      answers(({ context }) => fetchTwins(context)),
    ),
    get(
      "/storage",
      "What is stored by month and modality, and when the disk will be full",
      answers(({ context }) => fetchStorage(needs, context)),
    ),
    get(
      "/studies/:id/edits",
      "How a study was shown otherwise than received, newest first",
      answers(({ context, id }) => fetchEdits(context, id)),
    ),
    post(
      "/studies/:id/file",
      "File a study under a patient by hand",
      answersBody(filingBody, async (body, { context, id }) => {
        const filed = await fileByHand(context, needs.forFiling(context.actor), { study: id, ...body });
        return filed.ok ? ok({ id, patientId: body.patientId }) : filed;
      }),
    ),
    post(
      "/studies/:id/edit",
      "Show a study otherwise than it was received",
      answersBody(editBody, (body, { context, id }) =>
        editStudy(needs.forFiling(context.actor), { study: id, ...body }),
      ),
    ),
    ...objectRoutes,
  ];
}

/** What is done with single objects. */
const objectRoutes: readonly Route<Context>[] = [
  post(
    "/instances/:id/reject",
    "Hide an object, with the reason",
    answersBody(rejectionBody, ({ code, reason }, { context, id }) =>
      kept(context, id, (keeping) => keeping.reject(id, code, reason)),
    ),
  ),
  post(
    "/instances/:id/restore",
    "Show an object again that was hidden",
    answersBody(decisionReasonBody, ({ reason }, { context, id }) =>
      kept(context, id, (keeping) => keeping.reject(id, undefined, reason)),
    ),
  ),
  post(
    "/twins/:id/discard",
    "Forget an object that was kept aside",
    answersBody(decisionReasonBody, ({ reason }, { context, id }) => {
      const twin = Number(id);
      if (!Number.isSafeInteger(twin))
        return Promise.resolve(failed(incorrect("not-found", "There is no such object.")));
      return kept(context, id, (keeping) => keeping.dropTwin(twin, reason));
    }),
  ),
];

function get(path: string, summary: string, handle: Route<Context>["handle"]): Route<Context> {
  return { method: "GET", path: `${base}${path}`, policy: "images.keep", summary, handle };
}

function post(path: string, summary: string, handle: Route<Context>["handle"]): Route<Context> {
  return { method: "POST", path: `${base}${path}`, policy: "images.keep", summary, handle };
}

type Keeping = Extract<Context["images"]["keeping"], { ok: true }>["value"];

async function kept(
  { images }: Context,
  id: string,
  work: (keeping: Keeping) => Promise<Result<void>>,
): Promise<Result<{ readonly id: string }>> {
  if (!images.keeping.ok) return images.keeping;
  const done = await work(images.keeping.value);
  return done.ok ? ok({ id }) : done;
}

async function fetchTwins({ images }: Context): Promise<Result<{ readonly twins: readonly TwinView[] }>> {
  if (!images.keeping.ok) return images.keeping;
  const twins = await images.keeping.value.twins();
  if (!twins.ok) return twins;
  return ok({
    twins: twins.value.map(({ twin, instance, why, source, at, sizeBytes }) => ({
      id: String(twin),
      instance,
      why,
      source,
      at: toIso(at),
      sizeBytes,
    })),
  });
}

async function fetchStorage({ freeBytes }: KeepingRoutesNeeds, { images, clock }: Context) {
  if (!images.keeping.ok) return images.keeping;
  const figures = await images.keeping.value.statistics();
  if (!figures.ok) return figures;
  return ok(storageView({ figures: figures.value, freeBytes: await freeBytes(), nowMs: clock.now() }));
}

const editsShown = 50;

async function fetchEdits(
  { record }: Context,
  study: string,
): Promise<Result<{ readonly edits: readonly EditView[] }>> {
  const history = await record.history({ kind: imageEditKind, id: imageEditId(study), limit: editsShown });
  if (!history.ok) return history;
  const edits = history.value.versions.map((version) => parseBody<ImageEdit>(version));
  return ok({ edits: edits.map(({ attributes, reason, display, at }) => ({ attributes, reason, by: display, at })) });
}
