import { type Actor, answers, answersBody, type Context } from "#access";
import { ok, type Result, type Route } from "#kernel";
import { ruleSets } from "#standards/deidentification";
import {
  exportOptions,
  type ImageExportBody,
  type ImageExportsPage,
  type ImageExportView,
  imageExportBody,
} from "../../api/image-exports.ts";

/** Exports that people asked for, done one after another. Each is fetched by who asked for it, and by nobody else. */
export interface ImageExportJobs {
  /** Problems: busy `exports-too-many`; forbidden. */
  start(order: ImageExportBody, actor: Actor): Promise<Result<ImageExportView>>;
  /** Everybody's, the newest first. */
  list(actor: Actor): readonly ImageExportView[];
  /** Problems: not-found. */
  find(id: string, actor: Actor): Result<ImageExportView>;
  /** Stops it where it is under way, and removes what it wrote. Problems: not-found. */
  remove(id: string): Promise<Result<void>>;
  /** Problems: not-found, also while it is not done, and for others than who asked for it. */
  content(id: string, actor: Actor): Promise<Result<ExportContent>>;
}

export interface ExportContent {
  readonly sizeBytes: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

const base = "/api/clinical/images/exports";
const policy = "images.keep";

/** Studies as zip files with a DICOMDIR, also without what identifies people. */
export function imageExportRoutes(jobs: ImageExportJobs): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: base,
      policy,
      summary: "Ask for studies as a zip file, with progress at its address",
      handle: answersBody(imageExportBody, (body, { context }) => jobs.start(body, context.actor)),
    },
    {
      method: "GET",
      path: base,
      policy,
      summary: "The exports of images that were asked for, and the rules that there are",
      handle: answers(async ({ context }) =>
        ok({
          rules: [...ruleSets.keys()],
          options: exportOptions,
          exports: jobs.list(context.actor),
        } satisfies ImageExportsPage),
      ),
    },
    {
      method: "GET",
      path: `${base}/:id`,
      policy,
      summary: "How far an export of images is",
      handle: answers(async ({ context, id }) => jobs.find(id, context.actor)),
    },
    {
      method: "DELETE",
      path: `${base}/:id`,
      policy,
      summary: "Stop an export of images, and remove what it wrote",
      handle: answers(async ({ id }) => {
        const removed = await jobs.remove(id);
        return removed.ok ? ok({ id }) : removed;
      }),
    },
    {
      method: "GET",
      path: `${base}/:id/images.zip`,
      policy,
      summary: "What an export of images wrote",
      async handle({ params }, context) {
        const content = await jobs.content(params.id ?? "", context.actor);
        if (!content.ok) return content;
        const { sizeBytes, pieces } = content.value;
        const headers = {
          "content-type": "application/zip",
          "content-length": String(sizeBytes),
          "content-disposition": 'attachment; filename="images.zip"',
          "cache-control": "no-store",
        };
        return ok({ status: 200, headers, body: pieces });
      },
    },
  ];
}
