import { type Actor, answers, answersBody, answersQuery, type Context } from "#access";
import { failed, notFound, ok, type Result, type Route, toIso } from "#kernel";
import {
  decisionReasonBody,
  editBody,
  filingBody,
  hidingBody,
  restoringBody,
  type TwinView,
  waitingQuery,
} from "../../api/image-keeping.ts";
import { editStudy } from "./edit-study.ts";
import { fetchArrivals } from "./fetch-arrivals.ts";
import { fetchHidden } from "./fetch-hidden.ts";
import { fetchStudyHistory } from "./fetch-study-history.ts";
import { fetchWaiting } from "./fetch-waiting.ts";
import { fileByHand } from "./file-by-hand.ts";
import { hideObjects } from "./hide-objects.ts";
import { noteDecision } from "./note-decision.ts";
import { policyRoutes } from "./policy-routes.ts";
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
      "/arrivals",
      "What came today, what was refused, and the last check of all objects",
      answers(({ context }) => fetchArrivals(context)),
    ),
    get(
      "/storage",
      "What is stored by month and modality, and when the disk will be full",
      answers(({ context }) => fetchStorage(needs, context)),
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
    ...objectRoutes(needs),
    ...policyRoutes,
  ];
}

/** What came under the UID of another, and what is hidden. */
function objectRoutes(needs: KeepingRoutesNeeds): readonly Route<Context>[] {
  return [
    get(
      "/twins",
      "Objects that came under the UID of another and are kept aside",
      answers(({ context }) => fetchTwins(context)),
    ),
    post(
      "/twins/:id/discard",
      "Forget an object that was kept aside",
      answersBody(decisionReasonBody, ({ reason }, { context, id }) =>
        ofTwin(context, id, (keeping, twin) => keeping.dropTwin(twin, reason)),
      ),
    ),
    post(
      "/twins/:id/show",
      "Show an object that was kept aside; the one that was shown is kept aside instead",
      answersBody(decisionReasonBody, ({ reason }, { context, id }) => showTwin(context, id, reason)),
    ),
    get(
      "/hidden",
      "Objects that are hidden, and why",
      answers(({ context }) => fetchHidden(context)),
    ),
    post(
      "/studies/:id/hide",
      "Hide a study, a series or an object, with the reason",
      answersBody(hidingBody, (body, { context, id }) => hideObjects(context, { study: id, ...body })),
    ),
    post(
      "/studies/:id/restore",
      "Show a study, a series or an object again that was hidden",
      answersBody(restoringBody, (body, { context, id }) => hideObjects(context, { study: id, ...body })),
    ),
    get(
      "/studies/:id/history",
      "What the archive knows of a study, and all that was done with it",
      answers(({ context, id }) => fetchStudyHistory(needs.forFiling(context.actor), id)),
    ),
  ];
}

function get(path: string, summary: string, handle: Route<Context>["handle"]): Route<Context> {
  return { method: "GET", path: `${base}${path}`, policy: "images.keep", summary, handle };
}

function post(path: string, summary: string, handle: Route<Context>["handle"]): Route<Context> {
  return { method: "POST", path: `${base}${path}`, policy: "images.keep", summary, handle };
}

type Keeping = Extract<Context["images"]["keeping"], { ok: true }>["value"];

async function ofTwin<T>(
  { images }: Context,
  id: string,
  work: (keeping: Keeping, twin: number) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!images.keeping.ok) return images.keeping;
  const twin = Number(id);
  if (!Number.isSafeInteger(twin)) return failed(notFound("not-found", "There is no such object."));
  return work(images.keeping.value, twin);
}

async function showTwin(context: Context, id: string, reason: string): Promise<Result<{ readonly id: string }>> {
  const shown = await ofTwin(context, id, (keeping, twin) => keeping.showTwin(twin, reason));
  if (!shown.ok) return shown;
  const { instance } = shown.value;
  const page = await context.images.instances({ address: { instance }, withMetadata: false, limit: 1 });
  if (!page.ok) return page;
  const study = page.value.instances[0]?.study ?? "";
  const noted = await noteDecision(context, { study, is: "replaced", instance, objects: 1, reason });
  return noted.ok ? ok({ id }) : noted;
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
