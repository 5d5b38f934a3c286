import type { DestinationSettings } from "#departments/clinical";
import type { Log, Sender } from "#kernel";
import { folderSender, sftpSender } from "#links/files";
import { mllpSender } from "#links/mllp";
import { fhirSender, httpSender } from "#links/outgoing-http";
import { batchSender } from "./batch-sender.ts";

/** What `openSender` can open. */
export const outletsOpened: readonly DestinationSettings["outlet"]["by"][] = ["mllp", "http", "folder", "sftp", "fhir"];

/** What takes messages to a destination, one by one or in batches. It connects when there is something to send. */
export function openSender(settings: DestinationSettings, log: Log): Sender {
  const { batch } = settings;
  const sender = openOutlet(settings, log);
  if (batch === undefined) return sender;
  return batchSender(sender, { messagesMax: batch.messagesMax, waitMs: batch.waitSeconds * 1_000 });
}

function openOutlet({ name, outlet }: DestinationSettings, log: Log): Sender {
  switch (outlet.by) {
    case "mllp":
      return mllpSender({ name, ...outlet }, { log });
    case "http": {
      const { answerWithinSeconds, ...address } = outlet;
      return httpSender({ name, ...address, answerWithinMs: answerWithinSeconds * 1_000, log });
    }
    case "fhir": {
      const { answerWithinSeconds, ...address } = outlet;
      return fhirSender({ name, ...address, answerWithinMs: answerWithinSeconds * 1_000, log });
    }
    case "folder":
      return folderSender({ name, path: outlet.path, extension: outlet.extension, log });
    case "sftp": {
      const { path, extension, ...server } = outlet;
      return sftpSender({ name, server, path, extension, log });
    }
  }
}
