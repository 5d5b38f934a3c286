import { failed, incorrect, type Json, type JsonObject, ok, type Result } from "#kernel";
import { patientsOf } from "#standards/deidentification";
import { readFhirXml, writeFhirXml } from "#standards/fhir-xml";
import { linesOf } from "../load/load-file.ts";
import type { ReleaseFile } from "../terminology/release-files.ts";
import type { Deidentifying, FileWork } from "./file-work.ts";
import { wholeBytes } from "./source-file.ts";

/** One resource a line, however many. */
export const ndjsonFiles: FileWork = {
  extension: ".ndjson",
  async *patients(file) {
    for await (const lines of linesOf(file, () => {})) {
      if (!lines.ok) return;
      for (const { text } of lines.value) {
        const resource = text.includes('"Patient"') ? jsonOf(text) : undefined;
        if (resource?.ok === true) yield patientsOf(resource.value);
      }
    }
  },
  async *pieces(file, work) {
    for await (const lines of linesOf(file, () => {})) {
      if (!lines.ok) return yield failed(withoutName(lines.problems[0].code));
      let bytes = "";
      for (const { text, number } of lines.value) {
        const done = deidentified(jsonOf(text), work);
        if (!done.ok) return yield failed({ ...done.problems[0], where: `line ${number}` });
        bytes += `${JSON.stringify(done.value)}\n`;
      }
      yield ok({ bytes, things: lines.value.length });
    }
  },
};

export const jsonFiles: FileWork = wholeFiles(".json", jsonOf, (resource) => ok(JSON.stringify(resource)));
export const xmlFiles: FileWork = wholeFiles(".xml", readFhirXml, (resource) => writeFhirXml(resource));

function wholeFiles(
  extension: string,
  read: (text: string) => Result<Json>,
  write: (resource: JsonObject) => Result<string>,
): FileWork {
  const resourceOf = async (file: ReleaseFile) => {
    const bytes = await wholeBytes(file);
    return bytes.ok ? read(bytes.value.toString("utf8")) : bytes;
  };
  return {
    extension,
    async *patients(file) {
      const resource = await resourceOf(file);
      if (resource.ok) yield patientsOf(resource.value);
    },
    async *pieces(file, work) {
      const done = deidentified(await resourceOf(file), work);
      if (!done.ok) return yield done;
      const written = write(done.value);
      if (!written.ok) return yield written;
      yield ok({ bytes: written.value, things: Array.isArray(done.value.entry) ? done.value.entry.length : 1 });
    },
  };
}

const unreadable = incorrect("not-json", "It is not JSON.");

function jsonOf(text: string): Result<Json> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, "")) as Json);
  } catch {
    return failed(unreadable);
  }
}

function deidentified(resource: Result<Json>, { deidentifier, keyed, counts }: Deidentifying): Result<JsonObject> {
  return resource.ok ? deidentifier.resource(resource.value, keyed, counts) : resource;
}

/** Other messages name the file, which may name a person. */
function withoutName(code: string) {
  return incorrect(code, "It cannot be read as lines of UTF-8.");
}
