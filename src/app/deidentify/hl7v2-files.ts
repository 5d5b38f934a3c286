import { failed, limits, ok } from "#kernel";
import { deidentifyMessage, patientsOfMessage } from "#standards/deidentification";
import { MessageFile, readMessage } from "#standards/hl7v2";
import type { ReleaseFile } from "../terminology/release-files.ts";
import type { FileWork } from "./file-work.ts";
import { wholeBytes } from "./source-file.ts";

/** Files of messages, one after another, in batches or in MLLP frames; written one after another in UTF-8. */
export const hl7v2Files: FileWork = {
  extension: ".hl7",
  async *patients(file) {
    const messages = await messagesOf(file);
    if (messages.ok) for (const bytes of messages.value) yield patientsOfMessage(readMessage(bytes));
  },
  async *pieces(file, { deidentifier: { ruleSet }, keyed, counts }) {
    const messages = await messagesOf(file);
    if (!messages.ok) return yield messages;
    for (const bytes of messages.value)
      yield ok({ bytes: deidentifyMessage(readMessage(bytes), { ruleSet, keyed, counts }), things: 1 });
  },
};

async function messagesOf(file: ReleaseFile) {
  const bytes = await wholeBytes(file);
  if (!bytes.ok) return bytes;
  const splitting = new MessageFile({ messageBytesMax: limits.importFileBytesMax });
  const messages = [...splitting.take(bytes.value), ...splitting.end()];
  const tooLarge = splitting.problems.find(({ code }) => code === "message-too-large" || code === "file-empty");
  return tooLarge === undefined ? ok(messages) : failed(tooLarge);
}
