import type { IntakeSettings, LinkSettings } from "#departments/clinical";
import { failed, ok, type Result, unavailable, unsupported } from "#kernel";
import { type FileIntake, type FileIntakeOptions, startFolderIntake, startSftpIntake } from "#links/files";
import { isBatch } from "#standards/hl7v2";
import { receiver } from "./by-format.ts";
import { takeBatch } from "./http-batch.ts";
import type { IntakeNeeds, OpenIntake } from "./intake.ts";
import { openMllp } from "./open-mllp.ts";
import { openRecord } from "./open-record.ts";

/** What `openIntake` can open. */
export const intakesOpened: readonly IntakeSettings["by"][] = ["mllp", "http", "folder", "sftp", "record"];

/**
 * Opens the intake of a link; its messages are taken by `settings()`, as they are when a message comes.
 * Problems: those of the listener; `intake-unsupported`.
 */
export async function openIntake(settings: () => LinkSettings, needs: IntakeNeeds): Promise<Result<OpenIntake>> {
  const { name, intake } = settings();
  switch (intake.by) {
    case "mllp":
      return openMllp(intake, settings, needs);
    case "folder": {
      const { path } = intake;
      return ok(openFiles(intake, (options) => startFolderIntake({ ...options, path }), { settings, needs }));
    }
    case "sftp": {
      const { path, ...server } = intake;
      return ok(openFiles(intake, (options) => startSftpIntake({ ...options, server, path }), { settings, needs }));
    }
    case "http":
      return ok(openHttp(settings, needs));
    case "record":
      return openRecord(settings, needs);
    case "simulator": {
      const text = `The link ${name} cannot take messages by ${intake.by}: this Corridor does not do that.`;
      return failed(unsupported("intake-unsupported", text));
    }
  }
}

/** The HTTP door is the program's own; what is under way there is answered before it closes. */
function openHttp(settings: () => LinkSettings, needs: IntakeNeeds): OpenIntake {
  const take = receiver(settings, needs);
  const text = `takes messages at /api/clinical/links/${settings().name}/messages`;
  return {
    take: async (message, origin) => {
      try {
        const isOne = (settings().format ?? "hl7v2") !== "hl7v2" || !isBatch(message);
        return ok(await (isOne ? take(message, origin) : takeBatch(message, origin, { settings, needs, take })));
      } catch (cause) {
        needs.log.error("message failed", { link: settings().name, error: cause instanceof Error ? cause : undefined });
        return failed(
          unavailable("message-not-recorded", "The message could not be recorded; send it again.", { cause }),
        );
      }
    },
    status: () => ({ isFailing: false, text, connections: 0, connectionsMax: 0 }),
    close: async () => {},
  };
}

interface Files {
  readonly pattern: string;
  readonly everySeconds: number;
}

interface Opening {
  readonly settings: () => LinkSettings;
  readonly needs: IntakeNeeds;
}

function openFiles(
  { pattern, everySeconds }: Files,
  start: (options: FileIntakeOptions) => FileIntake,
  { settings, needs }: Opening,
): OpenIntake {
  const { log, statusChanged } = needs;
  const take = receiver(settings, needs);
  const intake = start({
    name: settings().name,
    pattern,
    everyMs: everySeconds * 1_000,
    hasWholeFiles: () => (settings().format ?? "hl7v2") !== "hl7v2",
    take: (message, { file, number, remoteAddress }) => take(message, { id: `${file}#${number}`, remoteAddress }),
    log,
    statusChanged,
  });
  return {
    status: () => {
      const { state, text } = intake.status();
      return { isFailing: state === "failing", text, connections: 0, connectionsMax: 0 };
    },
    close: () => intake.stop(),
  };
}
