import { type Access, type Context, decidingForLink, disposingActor, workerActor } from "#access";
import { imageDisposalRound, imageRetentionRoutes, type NodeDirectory } from "#departments/clinical";
import { type Erasing, keepingOfPatient } from "#departments/information";
import type { ImageArchive } from "#imaging";
import { failed, forbidden, type HospitalTime, type Log, limits, ok, type Route } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import { openRounds } from "../compose/rounds.ts";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";

export interface ImageRetentionNeeds {
  readonly access: Access;
  /** The whole record and archive: looking what is due shows nothing to anybody. */
  readonly record: HealthRecord;
  readonly images: ImageArchive;
  readonly hospitalTime: HospitalTime;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly directory: NodeDirectory;
  readonly erasing: Erasing;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/** Deletes studies by rule, once two people have agreed, while the stack is open. */
export function openImageRetention(needs: ImageRetentionNeeds): readonly Route<Context>[] {
  const { access, record: look, images, hospitalTime, cursors, directory, erasing, log, stack } = needs;
  const stop = new AbortController();
  const disposer = disposingActor(workerActor("image-disposal"));
  const sender = decidingForLink(workerActor("image-sending"));
  const keepingOf = (patient: string) => keepingOfPatient({ record: look, hospitalTime }, patient);
  const round = async () => {
    if (!(await cursors.claim("image-disposal").catch(() => false))) return ok(undefined);
    return imageDisposalRound({
      look,
      images,
      keepingOf,
      contextFor: ({ by, display }) => access.contextOf({ ...disposer, reference: by, display }),
      erasing: ({ actor }) => (actor.permissions.has("governance.dispose") ? ok(erasing) : failed(mayNotErase)),
      sending: access.contextOf(sender),
      directory,
      stop: stop.signal,
      log,
    });
  };
  const everyMs = limits.imageDisposalRoundMs;
  openRounds({ name: "image disposal", firstMs: everyMs, everyMs, round }, { log, stack });
  stack.defer("image disposals", () => stop.abort());
  return imageRetentionRoutes({
    look,
    keepingOf,
    forKeeping: (actor) => access.contextOf(decidingForLink(actor)),
  });
}

const mayNotErase = forbidden("permission-missing", "This needs the permission governance.dispose.");
